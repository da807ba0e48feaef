using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Tests.Transport.Contract;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class GeneratedClientTests
{
    [Fact]
    public async Task Unary_Echo_ComesBack()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        ProbeReply reply = await server.Client.UnaryAsync(new ProbeRequest { Behavior = "echo", Number = 7 });

        Assert.Equal(7, reply.Number);
    }

    [Fact]
    public async Task Unary_Blocking_ComesBack()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        ProbeReply reply = server.Client.Unary(new ProbeRequest { Behavior = "echo", Text = "x" });

        Assert.Equal("x", reply.Text);
    }

    [Fact]
    public async Task Upload_ThreeMessages_AreCounted()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncClientStreamingCall<ProbeRequest, ProbeReply> call = server.Client.Upload();

        for (int i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync(new ProbeRequest { Payload = ByteString.CopyFrom(new byte[100_000]) });
        }

        await call.RequestStream.CompleteAsync();
        ProbeReply reply = await call;

        Assert.Equal(3, reply.Count);
        Assert.Equal(300_000, reply.Number);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Upload_ServerStopsEarly_AnswersWhileTheClientStillSends()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncClientStreamingCall<ProbeRequest, ProbeReply> call = server.Client.Upload();

        await call.RequestStream.WriteAsync(new ProbeRequest());
        await call.RequestStream.WriteAsync(new ProbeRequest { Behavior = "stop" });

        Assert.Equal(1, (await call).Count);
    }

    [Fact]
    public async Task Download_ManyMessages_ComeInOrder()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncServerStreamingCall<ProbeReply> call =
            server.Client.Download(new ProbeRequest { Count = 1000, Payload = ByteString.CopyFrom(new byte[50]) });

        List<int> seen = [];
        await foreach (ProbeReply reply in call.ResponseStream.ReadAllAsync())
        {
            seen.Add(reply.Count);
        }

        Assert.Equal(Enumerable.Range(0, 1000), seen);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Chat_EachMessage_IsAnsweredBeforeTheNextIsSent()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncDuplexStreamingCall<ProbeRequest, ProbeReply> call = server.Client.Chat();

        for (int i = 0; i < 20; i++)
        {
            await call.RequestStream.WriteAsync(new ProbeRequest { Number = i });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(i, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Unary_FiveHundredAtOnce_AllFinishOnOneConnection()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        ProbeReply[] replies = await Task.WhenAll(Enumerable.Range(0, 500).Select(async number =>
            await server.Client.UnaryAsync(new ProbeRequest { Behavior = "echo", Number = number })));

        Assert.Equal(Enumerable.Range(0, 500).Select(number => (long)number), replies.Select(reply => reply.Number));
    }

    [Fact]
    public async Task Unary_NobodyListens_IsUnavailable()
    {
        ProbeServer server = await ProbeServer.StartAsync();
        await server.App.StopAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync(new ProbeRequest { Behavior = "echo" }));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        await server.DisposeAsync();
    }
}
