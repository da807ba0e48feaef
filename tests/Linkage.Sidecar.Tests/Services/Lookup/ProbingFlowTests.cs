using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Lookup;

public sealed class ProbingFlowTests(RunPeople people) : IClassFixture<RunPeople>
{
    [Fact]
    public async Task Lookup_ThatLooksLikeProbing_IsStoppedForThisCallerAndAlarms()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        LookupOptions options = new() { ClientsPerCase = 5 };
        await using LookupServer server = await LookupServer.StartAsync(bench, options);
        for (int i = 1; i < options.ClientsPerCase; i++)
        {
            await AskAsync(server, "health", i);
        }

        int told = server.Audit.Events.Count;
        foreach (int person in (int[])[8, 9])
        {
            Assert.Equal(
                (StatusCode.ResourceExhausted, "PROBING_SUSPECTED"),
                await UnitHost.RefusalAsync(
                    server.Client.LookupAsync(Request(server, "health", person), LookupServer.As("health"))));
        }

        Assert.DoesNotContain(server.Audit.Events.Skip(told), entry => entry.Kind == AuditKind.Disclosure);
        Assert.NotEmpty((await AskAsync(server, "benefits", 9)).Answers);
        Assert.Single(server.Audit.Events, entry => entry.Kind == AuditKind.Alert);
        // The gate counts refusals, which come as often as the caller likes.
        Assert.DoesNotContain(server.Audit.Events, entry => entry.Kind == AuditKind.Refusal);
    }

    [Fact]
    public async Task LookupBatch_OfOneRecordVaried_IsToldNothing()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench, new LookupOptions());
        byte[] content = people.Encode(
            "health",
            Enumerable.Range(0, 30).Select(
                guess => people.PeopleOf("schools")[0] with { Phone = $"555-010-{guess:D4}" })).Content;

        Assert.Equal(
            (StatusCode.ResourceExhausted, "PROBING_SUSPECTED"),
            await UnitHost.RefusalAsync(
                server.Client.LookupBatchAsync(server.Batch(content), LookupServer.As("health"))));
        Assert.Equal(AuditKind.Alert, Assert.Single(server.Audit.Events).Kind);
    }

    [Fact]
    public async Task LookupBatch_OverTheAllowance_IsRefusedAndAFittingOneIsAnswered()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench, new LookupOptions { Burst = 10 });
        byte[] eleven = people.Encode("health", people.PeopleOf("health").Take(11)).Content;
        byte[] ten = people.Encode("health", people.PeopleOf("health").Take(10)).Content;

        Assert.Equal(
            (StatusCode.ResourceExhausted, "LIMIT_REACHED"),
            await UnitHost.RefusalAsync(
                server.Client.LookupBatchAsync(server.Batch(eleven), LookupServer.As("health"))));
        Assert.Equal(
            10, (await server.Client.LookupBatchAsync(server.Batch(ten), LookupServer.As("health"))).Records.Count);
    }

    [Theory]
    [InlineData("of another party", "PARTY_DIFFERS")]
    [InlineData("cut off", "NOT_AN_ENCODED_FILE")]
    [InlineData("of two records", "BAD_FIELDS")]
    public async Task Lookup_OfAFileThatIsNotOne_IsRefused(string kind, string reason)
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        byte[] content = kind switch
        {
            "of another party" => people.Encode("schools", people.PeopleOf("health")[0]).Content,
            "cut off" => people.Encode("health", people.PeopleOf("health")[0]).Content[..^100],
            _ => people.Encode("health", people.PeopleOf("health").Take(2)).Content,
        };

        (_, string refused) = await UnitHost.RefusalAsync(
            server.Client.LookupAsync(server.Request(content), LookupServer.As("health")));

        Assert.Equal(reason, refused);
        Assert.Empty(server.Audit.Events);
    }

    private LookupRequest Request(LookupServer server, string party, int person) =>
        server.Request(people.Encode(party, people.PeopleOf("schools")[person]).Content);

    private async Task<LookupResponse> AskAsync(LookupServer server, string party, int person) =>
        await server.Client.LookupAsync(Request(server, party, person), LookupServer.As(party));
}
