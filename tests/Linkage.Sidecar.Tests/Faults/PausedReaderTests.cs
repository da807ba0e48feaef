using Google.Protobuf;
using Linkage.Sidecar.Tests.Transport;
using Linkage.Sidecar.Tests.Transport.Contract;

namespace Linkage.Sidecar.Tests.Faults;

public sealed class PausedReaderTests
{
    private const int MessageBytes = 10_000;
    private const int MostAhead = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Download_ReaderTakesNothing_IsNotProducedAheadOfIt()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        byte[] endless = Frames.Frame(new ProbeRequest
        {
            Behavior = "endless",
            Payload = ByteString.CopyFrom(new byte[MessageBytes]),
        });

        // A handler that nobody holds back writes hundreds of megabytes in this time.
        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download", ("grpc-timeout", "2S"));
        await connection.SendDataAsync(1, endless, endStream: true);
        await server.Memory.Cancelled.Task.WaitAsync(Patience);

        Assert.InRange((long)server.Memory.Written * MessageBytes, MessageBytes, MostAhead);
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
