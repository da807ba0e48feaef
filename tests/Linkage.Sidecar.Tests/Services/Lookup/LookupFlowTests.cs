using Grpc.Core;
using Linkage.Core;
using Linkage.Core.Scoring;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Lookup;

public sealed class LookupFlowTests(RunPeople people) : IClassFixture<RunPeople>
{
    private const string Asking = "health";

    private static readonly RunOptions Off = new() { OneToOne = OneToOne.Off };

    [Fact]
    public async Task LookupBatch_OfEveryRecordOfAParty_FindsExactlyThePairsOfALinkWithoutOneToOne()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds, Off);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        LinkResult expected = people.Link(new LinkerOptions { OneToOne = OneToOneMode.Off });
        (byte[] content, IReadOnlyList<string> handles) = people.Encode(Asking, people.PeopleOf(Asking));

        LookupBatchResponse answer = await server.Client.LookupBatchAsync(
            server.Batch(content, "benefits", "schools"), LookupServer.As(Asking));

        IReadOnlyList<string> inFile = people.EncodedHandlesOf(Asking);
        List<string> found =
        [
            .. from record in answer.Records
               let handle = inFile[handles.ToList().IndexOf(record.Handle)]
               from party in record.Answers
               from match in party.Matches.Matches
               select $"{handle} {party.Party} {match.Decision} {match.Probability:R}",
        ];
        string[] linked =
        [
            .. from pair in expected.Pairs
               where pair.Decision != Decision.NonMatch && Asking.Equals(pair.Left.Party, StringComparison.Ordinal)
               select $"{pair.Left.Handle} {pair.Right.Party} {pair.Decision} {pair.Probability.Value:R}",
        ];
        Assert.NotEmpty(linked);
        Assert.Equal(linked.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AddRecords_OfAStranger_AreFoundByTheNextCallWithTheirLinkIdAndAfterARestart()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        Synthetic.SyntheticRecord stranger = Strangers(1)[0];
        AddRecordsResponse added;
        await using (LookupServer server = await LookupServer.StartAsync(bench))
        {
            LookupRequest question = server.Request(people.Encode("health", stranger).Content, "schools");
            LookupResponse before = await server.Client.LookupAsync(question, LookupServer.As("health"));
            Assert.Empty(before.Answers[0].Matches.Matches);

            AddRecordsRequest request = server.Add(people.Encode("schools", stranger).Content);
            added = await server.Client.AddRecordsAsync(request, LookupServer.As("schools"));
            AddRecordsResponse again = await server.Client.AddRecordsAsync(request, LookupServer.As("schools"));

            Assert.Equal(added, again);
            Assert.Equal(added.Links[0].LinkId, await LinkOfAsync(server, stranger));
        }

        bench.Close();
        await bench.OpenAsync();
        await using LookupServer restarted = await LookupServer.StartAsync(bench);
        Assert.Equal(added.Links[0].LinkId, await LinkOfAsync(restarted, stranger));
    }

    [Fact]
    public async Task RemoveRecords_OfABaseAndAnAddedRecord_AreNotFoundAnyMoreAndStayGone()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        Synthetic.SyntheticRecord known = people.PeopleOf("schools")[0];
        Synthetic.SyntheticRecord stranger = Strangers(1)[0];
        await using (LookupServer server = await LookupServer.StartAsync(bench))
        {
            (byte[] content, IReadOnlyList<string> handles) = people.Encode("schools", stranger);
            await server.Client.AddRecordsAsync(server.Add(content), LookupServer.As("schools"));
            RemoveRecordsRequest request = new()
            {
                ProjectId = bench.Project.Id,
                Handles = { people.EncodedHandlesOf("schools")[0], handles[0] },
            };
            Assert.NotNull(await LinkOfAsync(server, known));

            Assert.Equal(0, (await server.Client.RemoveRecordsAsync(request, LookupServer.As("health"))).Removed);
            Assert.Equal(2, (await server.Client.RemoveRecordsAsync(request, LookupServer.As("schools"))).Removed);
            Assert.Equal(0, (await server.Client.RemoveRecordsAsync(request, LookupServer.As("schools"))).Removed);

            Assert.Null(await LinkOfAsync(server, known));
            Assert.Null(await LinkOfAsync(server, stranger));
        }

        bench.Close();
        await bench.OpenAsync();
        await using LookupServer restarted = await LookupServer.StartAsync(bench);
        Assert.Null(await LinkOfAsync(restarted, known));
        Assert.Null(await LinkOfAsync(restarted, stranger));
    }

    [Fact]
    public async Task Lookup_OfPartiesThatMayNotAnswer_TellsWhyAndNothingElse()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        DisclosureRuling refused = new()
        {
            Refusal = ErrorReason.ExceptedByAgreement,
            Clause = "exception-1",
            Citation = "Example Code § 1",
            Message = "An exception forbids it.",
            AgreementDigest = "digest",
        };
        server.Policy.Rulings["schools"] = refused;
        byte[] content = people.Encode("health", people.PeopleOf("schools")[0]).Content;

        LookupResponse answer = await server.Client.LookupAsync(server.Request(content), LookupServer.As("health"));

        Assert.Equal(RunPeople.Parties, answer.Answers.Select(party => party.Party));
        Assert.Equal("exception-1", answer.Answers[2].Refusal.Clause);
        Assert.Equal(
            [("health", AuditKind.Disclosure), ("benefits", AuditKind.Disclosure), ("schools", AuditKind.Refusal)],
            server.Audit.Events.Select(entry => (entry.SubjectParty, entry.Kind)));
        Assert.Equal(server.Audit.Events.Count, answer.AuditSequence);

        server.Policy.Rulings["benefits"] = refused;
        RpcException denied = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.LookupAsync(server.Request(content), LookupServer.As("health")));
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
        Assert.Equal("EXCEPTED_BY_AGREEMENT", UnitHost.ReasonOf(denied));
        Assert.Equal(5, server.Audit.Events.Count);
    }

    [Fact]
    public async Task Lookup_WhenAPartyLeavesWhileRecordsAreReadIn_TellsNothingOfIt()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        DisclosureRuling left = new()
        {
            Refusal = ErrorReason.AgreementNotInForce,
            Message = "One of the two parties has withdrawn.",
        };
        server.Policy.Decided = count =>
        {
            if (count == RunPeople.Parties.Count)
            {
                server.Policy.Rulings["schools"] = left;
            }
        };
        byte[] content = people.Encode("health", people.PeopleOf("schools")[0]).Content;

        LookupResponse answer = await server.Client.LookupAsync(server.Request(content), LookupServer.As("health"));

        Assert.Equal("AGREEMENT_NOT_IN_FORCE", answer.Answers[2].Refusal.Reason);
        Assert.Equal(AuditKind.Refusal, server.Audit.Events[^1].Kind);

        server.Policy.Decided = count => server.Policy.Rulings["benefits"] = left;
        _ = server.Policy.Rulings.TryRemove("schools", out _);
        RpcException denied = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.LookupAsync(
                server.Request(content, "benefits"), LookupServer.As("health")));
        Assert.Equal("AGREEMENT_NOT_IN_FORCE", UnitHost.ReasonOf(denied));
    }

    [Fact]
    public async Task Lookup_WhenTheAuditLogCannotBeWritten_AnswersNothing()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        server.Audit.IsFull = true;
        byte[] content = people.Encode("health", people.PeopleOf("schools")[0]).Content;

        (StatusCode code, string reason) = await UnitHost.RefusalAsync(
            server.Client.LookupAsync(server.Request(content), LookupServer.As("health")));

        Assert.Equal((StatusCode.Internal, "INTERNAL_ERROR"), (code, reason));
    }

    // People of whom no file knows anything.
    private static Synthetic.SyntheticRecord[] Strangers(int count) =>
    [
        .. new Synthetic.PeopleGenerator(
            new Synthetic.PeopleOptions { PeoplePerAgency = count, Agencies = 1, Seed = 977 }).Records(0).Take(count),
    ];

    private async Task<string?> LinkOfAsync(LookupServer server, Synthetic.SyntheticRecord person)
    {
        LookupResponse answer = await server.Client.LookupAsync(
            server.Request(people.Encode("health", person).Content, "schools"), LookupServer.As("health"));
        return answer.Answers.Single().Matches.Matches.FirstOrDefault()?.LinkId;
    }
}
