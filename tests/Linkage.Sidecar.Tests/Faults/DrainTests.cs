using Grpc.Core;
using Linkage.Sidecar.Tests.Faults.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport;
using Linkage.Sidecar.Tests.Transport.Contract;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Faults;

/// <summary>What happens to calls under way, and to new ones, once the process is told to stop.</summary>
public sealed class DrainTests(RunPeople people) : IClassFixture<RunPeople>
{
    [Fact]
    public async Task Process_TerminatedDuringAnUpload_TakesItToItsEndAndRefusesNewCalls()
    {
        await using FaultUnit unit = await FaultUnit.StartAsync(people, drainSeconds: 120);
        (Upload upload, UploadChunkRequest[] chunks) = await unit.BeginAsync("health");
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            unit.Exchange("health").UploadChunk();
        await call.RequestStream.WriteAsync(chunks[0]);
        await HasArrivedAsync(unit, upload);

        await unit.Process.TerminateAsync();
        await RefusedAsync(unit);
        foreach (UploadChunkRequest chunk in chunks.Skip(1))
        {
            await call.RequestStream.WriteAsync(chunk);
        }

        await call.RequestStream.CompleteAsync();
        UploadChunkResponse response = await call.ResponseAsync;

        Assert.Equal(upload.Size, response.AcknowledgedOffset);
        Assert.Equal(0, await unit.Process.ExitCodeAsync());
    }

    [Fact]
    public async Task Process_TerminatedAndACallDoesNotEnd_EndsItAtTheLimitAndItselfWithZero()
    {
        await using FaultUnit unit = await FaultUnit.StartAsync(people, drainSeconds: 1);
        (Upload upload, UploadChunkRequest[] chunks) = await unit.BeginAsync("health");
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            unit.Exchange("health").UploadChunk();
        await call.RequestStream.WriteAsync(chunks[0]);
        await HasArrivedAsync(unit, upload);

        await unit.Process.TerminateAsync();
        RpcException cut = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, cut.StatusCode);
        Assert.Equal(0, await unit.Process.ExitCodeAsync());
    }

    [Fact]
    public async Task Download_LongerThanTheLimit_EndsWithUnavailable()
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(200));
        using AsyncServerStreamingCall<ProbeReply> call =
            server.Client.Download(new ProbeRequest { Behavior = "endless", Text = "x" });
        Assert.True(await call.ResponseStream.MoveNext());

        Task stop = server.App.StopAsync();
        RpcException cut = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
                Assert.NotNull(call.ResponseStream.Current);
            }
        });

        Assert.Equal(StatusCode.Unavailable, cut.StatusCode);
        await stop.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Download_ReaderPausedAtTheLimit_IsReset()
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(200));
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2, window: 1000);
        byte[] endless = Frames.Frame(new ProbeRequest { Behavior = "endless", Text = new string('x', 100) });
        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download");
        await connection.SendDataAsync(1, endless, endStream: true);
        await server.Memory.CalledAsync();

        Task stop = server.App.StopAsync();
        RawStream cut = await connection.ReadToEndAsync(1);

        Assert.Equal(8, cut.ResetCode);
        await stop.WaitAsync(Waiting.Patience);
    }

    // The file is there from the announcement on, and grows with the first chunk.
    private static Task HasArrivedAsync(FaultUnit unit, Upload upload) => Waiting.UntilAsync(
        () => new FileInfo(new Stored.StoreFolders(unit.Data).Part(upload.Id)).Length > 0);

    private static Task RefusedAsync(FaultUnit unit) => Waiting.UntilAsync(async () =>
    {
        try
        {
            await unit.Exchange("benefits").ListUploadsAsync(new ListUploadsRequest { ProjectId = unit.ProjectId });
            return false;
        }
        catch (RpcException refused)
        {
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
            return true;
        }
    });
}
