using Grpc.Core;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;
using UnitHost = Linkage.Sidecar.Tests.Services.Access.Support.UnitHost;

namespace Linkage.Sidecar.Tests.Faults;

/// <summary>A party leaves while its data are on their way.</summary>
public sealed class WithdrawalTests(EncodedPeople people) : IClassFixture<EncodedPeople>
{
    [Fact]
    public async Task Withdraw_AmidTheOpenUpload_RefusesTheRestAndKeepsNothing()
    {
        await using UnitHost host = await UnitHost.StartAsync();
        Project project = await UnitFlow.AgreeAsync(host, people);
        Upload upload = await UnitFlow.BeginAsync(host, people, project.Id, "health");
        UploadChunkRequest[] chunks = EncodedPeople.Chunks(upload.Id, people.BytesOf("health"));
        string part = new Stored.StoreFolders(host.DataPath).Part(upload.Id);
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            host.Exchange().UploadChunk(host.As("health"));
        await call.RequestStream.WriteAsync(chunks[0]);
        await Waiting.UntilAsync(() => new FileInfo(part).Length > 0);

        await host.Projects().WithdrawPartyAsync(
            new WithdrawPartyRequest { ProjectId = project.Id, Party = "health" }, host.As("health"));
        await call.RequestStream.WriteAsync(chunks[1]);
        await call.RequestStream.CompleteAsync();
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(
            (StatusCode.NotFound, "UNKNOWN_RESOURCE"), (refused.StatusCode, UnitHost.ReasonOf(refused)));
        Assert.Empty(StoreTest.Files(host.DataPath, "uploads"));
        Assert.Empty(StoreTest.Files(host.DataPath, "segments"));
    }

    [Fact]
    public async Task Withdraw_AmidADownload_TellsNoFurtherRow()
    {
        // More pairs than a message has.
        using RunPeople many = new(peoplePerParty: 700);
        RunOptions all = new() { KeepWeight = -1000 };
        (RunBench bench, string run) = await RunBench.LinkAsync(many, Stored.OutputType.Groups, all);
        await using RunBench owned = bench;
        await using IAsyncEnumerator<StreamPairsResponse> rows =
            bench.Streams.PairsAsync(new() { RunId = run }, StoreTest.None).GetAsyncEnumerator();
        Assert.True(await rows.MoveNextAsync());
        Assert.InRange(rows.Current.TotalRows, ResultStreams.RowsPerMessage + 1, long.MaxValue);

        await bench.Store.Projects.LeaveAsync(bench.Project.Id, "benefits", StoreTest.None);

        RunRefusedException refused = await Assert.ThrowsAsync<RunRefusedException>(
            async () => await rows.MoveNextAsync());
        Assert.Equal(ErrorReason.NoResults, refused.Reason);
        Assert.DoesNotContain(
            StoreTest.Files(bench.Folder, "segments"), name => name.EndsWith(".result", StringComparison.Ordinal));
    }
}
