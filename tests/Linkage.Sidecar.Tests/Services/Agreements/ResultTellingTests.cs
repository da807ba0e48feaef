using System.Text;
using Grpc.Core;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Audit;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;
using LinkageService = Linkage.Sidecar.Services.Unit.Runs.LinkageService;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements;

public sealed class ResultTellingTests
{
    [Fact]
    public async Task StreamOwnLinks_WhenAPartyLeavesTheAgreementMeanwhile_Ends()
    {
        using RunPeople people = new(2500); // more rows than a message holds
        (RunBench bench, string run) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await AgreeAsync(bench);
        OutputPolicy policy = new(new AgreementBooks(bench.Store), new ManualTime(), isRequired: true);
        LinkageService service = new(
            bench.Reader, bench.Starter, bench.Streams, bench.Groups, bench.Figures, policy);
        GateCall call = new("linkage.v1.LinkageService/StreamOwnLinks");
        call.UserState[CallFacts.TargetKey] = new CallTarget(bench.Project, null, null, IsPartOf: true);
        LeavingWriter writer = new(
            () => bench.Store.Agreements.WithdrawAsync(bench.Project.Id, "schools", None));

        RunRefusedException ended = await Assert.ThrowsAsync<RunRefusedException>(
            () => service.StreamOwnLinks(new StreamOwnLinksRequest { RunId = run }, writer, call));

        Assert.Equal(ErrorReason.NotInAgreement, ended.Reason);
        Assert.Equal(1, writer.Count);
    }

    private static async Task AgreeAsync(RunBench bench)
    {
        string[] parties = [.. bench.Project.Parties.Select(party => party.Name)];
        using AgreementSample sample = new(parties);
        AgreementText text = sample.Text;
        await bench.Store.Agreements.ProposeAsync(
            bench.Project.Id,
            new Stored.AgreementPlan(
                text.Digest, 1, null, Encoding.UTF8.GetString(AgreementText.Format(text.Document)), parties),
            Request("proposal"),
            None);
        foreach (string party in parties)
        {
            await bench.Store.Agreements.SignAsync(
                bench.Project.Id, text.Digest, party, sample.SignatureText(text, party), None);
        }
    }

    // A party leaves when the first message has been written.
    private sealed class LeavingWriter(Func<Task> leave) : IServerStreamWriter<StreamOwnLinksResponse>
    {
        public int Count { get; private set; }

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(StreamOwnLinksResponse message) => WriteAsync(message, None);

        public Task WriteAsync(StreamOwnLinksResponse message, CancellationToken cancellationToken)
        {
            Count++;
            return leave();
        }
    }
}
