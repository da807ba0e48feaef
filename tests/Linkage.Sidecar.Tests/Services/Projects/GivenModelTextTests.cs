using System.Text.Json.Nodes;
using Grpc.Core;
using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Sidecar.Services.Unit.Projects;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Projects;

public sealed class GivenModelTextTests : IClassFixture<EncodedPeople>, IDisposable
{
    private const string Canary = "Zanzibarov";

    private readonly TemporaryFolder _folder = new();
    private readonly EncodedPeople _people;
    private readonly LinkageSchema _schema;

    public GivenModelTextTests(EncodedPeople people)
    {
        _people = people;
        _schema = LinkageSchema.Parse(System.Text.Encoding.UTF8.GetBytes(people.Terms().SchemaText));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindFault_ModelOfTheSchema_IsNone() => Assert.Null(FaultAfter(_ => { }));

    [Theory]
    [InlineData("", "line 1, column 1: is not JSON")]
    [InlineData("[]", "file: must be an object")]
    [InlineData("{\"Zanzibarov\": 1}", "file: has a member that is not known")]
    [InlineData("{\"format\": \"Zanzibarov\"}", "format: must be linkage-model/1")]
    public void FindFault_NoModel_NamesThePlace(string text, string fault) =>
        Assert.Equal(fault, GivenModelText.FindFault(text, _schema));

    [Fact]
    public void FindFault_ModelOfAnotherSchema_NamesThePlaceAndNoValue()
    {
        Assert.Equal(
            "linkageFingerprint: is not that of the schema",
            FaultAfter(model => model["linkageFingerprint"] = new string('0', 64)));
        Assert.Equal(
            "comparisons[1].name: is not that of the schema",
            FaultAfter(model => model["comparisons"]![1]!["name"] = Canary));
        Assert.Equal(
            "comparisons[0].levels[1].m: must be over 0 and under 1",
            FaultAfter(model => model["comparisons"]![0]!["levels"]![1]!["m"] = 7));
        Assert.StartsWith("comparisons: there must be ", FaultAfter(model =>
        {
            model["comparisons"]!.AsArray().RemoveAt(0);
            model["nonMatchKinds"]![0]!["u"]!.AsArray().RemoveAt(0);
        }), StringComparison.Ordinal);
        Assert.StartsWith("comparisons[0].levels: there must be ", FaultAfter(model =>
        {
            JsonArray levels = model["comparisons"]![0]!["levels"]!.AsArray();
            levels.Add(new JsonObject { ["name"] = Canary, ["m"] = 1e-9, ["u"] = 1e-9, ["outOfOrder"] = false });
            model["nonMatchKinds"]![0]!["u"]![0]!.AsArray().Add(1e-9);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_ModelThatIsNone_IsRefusedByField()
    {
        await using UnitHost host = await UnitHost.StartAsync();
        Project project = await UnitFlow.ProposeAsync(host, _people);
        Terms terms = _people.Terms();
        terms.Model = new ModelPolicy { Given = new GivenModel { ModelText = $"{{\"{Canary}\": 1}}" } };
        ProposeTermsRequest request = new() { IdempotencyKey = UnitHost.NewKey, ProjectId = project.Id, Terms = terms };

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Projects().ProposeTermsAsync(request, host.As("analyst")));
        terms.Model.Given.ModelText = ModelText();
        ProposeTermsResponse taken = await host.Projects().ProposeTermsAsync(request, host.As("analyst"));

        string details = System.Text.Encoding.UTF8.GetString(
            refused.Trailers.GetValueBytes("grpc-status-details-bin")!);
        Assert.Equal("BAD_FIELDS", UnitHost.ReasonOf(refused));
        Assert.Contains("terms.model.given.model_text", details, StringComparison.Ordinal);
        Assert.Contains("file: has a member that is not known", details, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, details, StringComparison.Ordinal);
        Assert.Equal(ProjectState.Proposed, taken.Project.State);
    }

    private string? FaultAfter(Action<JsonNode> change)
    {
        JsonNode model = JsonNode.Parse(ModelText())!;
        change(model);
        return GivenModelText.FindFault(model.ToJsonString(), _schema);
    }

    private string ModelText()
    {
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(_schema);
        string path = Path.Join(_folder.Path, "model.json");
        new FellegiSunterModel
        {
            LinkageFingerprint = _schema.LinkageFingerprint,
            PriorMatchProbability = 0.1,
            Comparisons =
            [
                .. comparisons.Select(comparison => new ComparisonModel(
                    comparison.Name,
                    [
                        .. comparison.LevelNames.Select(name => new LevelModel(
                            name, 1.0 / comparison.LevelCount, 1.0 / comparison.LevelCount, false)),
                    ])),
            ],
            NonMatchKinds =
            [
                new NonMatchKind(
                    "random",
                    1,
                    [.. comparisons.Select(one => Enumerable.Repeat(1.0 / one.LevelCount, one.LevelCount).ToArray())]),
            ],
        }.Save(path);
        return File.ReadAllText(path);
    }
}
