using Google.Protobuf;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport;
using Linkage.Sidecar.Tests.Transport.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Faults;

public sealed class PausedReaderTests
{
    private const int MessageBytes = 10_000;
    private const int MostAhead = 1 << 20;
    private const int Window = 65_535; // of a connection and its streams, unless somebody says otherwise

    [Fact]
    public async Task Download_ReaderTakesNothing_IsNotProducedAheadOfIt()
    {
        TimerClock clock = new();
        await using ProbeServer server =
            await ProbeServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        byte[] endless = Frames.Frame(new ProbeRequest
        {
            Behavior = "endless",
            Payload = ByteString.CopyFrom(new byte[MessageBytes]),
        });

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download", ("grpc-timeout", "1S"));
        await connection.SendDataAsync(1, endless, endStream: true);
        for (int taken = 0; taken < Window;)
        {
            (byte type, byte[] payload) = (await connection.NextAsync())!.Value;
            taken += type == RawHttp2.Data ? payload.Length : 0;
        }

        // More is not taken, so a write that has to wait now waits for good; a handler that nobody holds back has none.
        await Waiting.UntilAsync(() => clock.Armed == 2);

        Assert.InRange((long)server.Memory.Written * MessageBytes, MessageBytes, MostAhead);
        clock.Advance(TimeSpan.FromSeconds(1));
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Download_OfAReaderThatKeepsUp_IsFarMoreThanIsHeldForAPausedOne()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        ProbeRequest request = new()
        {
            Count = 2 * MostAhead / MessageBytes,
            Payload = ByteString.CopyFrom(new byte[MessageBytes]),
        };
        using Grpc.Core.AsyncServerStreamingCall<ProbeReply> call = server.Client.Download(request);

        int received = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            received++;
        }

        Assert.Equal(request.Count, received);
    }
}
