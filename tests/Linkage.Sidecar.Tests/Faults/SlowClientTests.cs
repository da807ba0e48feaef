using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport;
using Linkage.Sidecar.Tests.Transport.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Faults;

public sealed class SlowClientTests
{
    private const string Upload = "/linkage.transport.test.Probe/Upload";
    private const string DeadlineExceeded = "grpc-status\u00014";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task Message_BegunAndNotEnded_EndsTheCallAtTheLimit(int bytes)
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);

        await connection.SendHeadersAsync(1, Upload);
        await connection.SendDataAsync(1, Frames.Frame(new byte[100])[..bytes], endStream: false);
        RawStream answer = await AnswerAsync(connection, clock);

        Assert.Contains(DeadlineExceeded, EndOf(answer), StringComparison.Ordinal);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Theory]
    [InlineData("Unary", 0)]
    [InlineData("Unary", 7)]
    [InlineData("Download", 0)]
    public async Task OnlyMessage_DoesNotCome_EndsTheCallBeforeItsHandler(string method, int bytes)
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);

        await connection.SendHeadersAsync(1, $"/linkage.transport.test.Probe/{method}");
        await connection.SendDataAsync(1, Frames.Frame(new byte[100])[..bytes], endStream: false);
        RawStream answer = await AnswerAsync(connection, clock);

        Assert.Contains(DeadlineExceeded, EndOf(answer), StringComparison.Ordinal);
        Assert.Empty(server.Memory.Calls);
    }

    [Fact]
    public async Task Stream_QuietBetweenMessages_GoesOn()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        using AsyncDuplexStreamingCall<ProbeRequest, ProbeReply> chat = server.Client.Chat();

        // So large that the rest of each has to be waited for.
        ProbeRequest large = new() { Payload = ByteString.CopyFrom(new byte[3 << 20]) };
        for (int message = 0; message < 3; message++)
        {
            await chat.RequestStream.WriteAsync(large);
            Assert.True(await chat.ResponseStream.MoveNext());

            // The answer may be here before the server has noticed that it is gone.
            await Waiting.UntilAsync(() => clock.Armed == 0);
            clock.Advance(Limit * 100);
        }

        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Message_ByteByByteWithADeadline_EndsTheCallAtTheDeadline()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        await connection.SendHeadersAsync(1, Upload, ("grpc-timeout", "1S"));
        await connection.SendDataAsync(1, Frames.Frame(new byte[1 << 20])[..5], endStream: false);

        Task<RawStream> answer = connection.ReadToEndAsync(1);
        for (int sent = 0; sent < 1000; sent++)
        {
            await connection.SendDataAsync(1, [0], endStream: false);
        }

        await server.Memory.CalledAsync();
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains(DeadlineExceeded, EndOf(await answer), StringComparison.Ordinal);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task ConnectUnary_BodyDoesNotCome_Is504()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        using TcpClient client = new();
        await client.ConnectAsync(server.Http1.Host, server.Http1.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /linkage.transport.test.Probe/Unary HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
        using StreamReader reader = new(client.GetStream());

        string? status = await AdvanceUntilAsync(reader.ReadLineAsync(), clock);

        Assert.StartsWith("HTTP/1.1 504 ", status, StringComparison.Ordinal);
        Assert.Empty(server.Memory.Calls);
    }

    [Fact]
    public async Task Write_ReaderTakesNothing_ResetsTheCallAtTheLimitAndLeavesTheConnection()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2, window: 1000);
        byte[] endless = Frames.Frame(new ProbeRequest { Behavior = "endless", Text = new string('x', 100) });

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download");
        await connection.SendDataAsync(1, endless, endStream: true);
        await Waiting.UntilAsync(() => server.Memory.Written > 0);
        RawStream cut = await AnswerAsync(connection, clock);
        await connection.SendHeadersAsync(3, "/linkage.transport.test.Probe/Unary");
        await connection.SendDataAsync(3, Frames.Frame(new ProbeRequest { Behavior = "echo" }), endStream: true);
        RawStream next = await connection.ReadToEndAsync(3);

        Assert.Equal(8, cut.ResetCode);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
        Assert.Contains("grpc-status\u00010", EndOf(next), StringComparison.Ordinal);
    }

    private static Task<ProbeServer> StartAsync(TimerClock clock) => ProbeServer.StartAsync(
        options => options.MessageTimeout = Limit, services: services => services.AddSingleton<TimeProvider>(clock));

    private static Task<RawStream> AnswerAsync(RawHttp2 connection, TimerClock clock) =>
        AdvanceUntilAsync(connection.ReadToEndAsync(1), clock);

    // The clock can only be moved on once its timer is set, which nobody outside can see.
    private static async Task<T> AdvanceUntilAsync<T>(Task<T> end, TimerClock clock)
    {
        await Waiting.UntilAsync(() =>
        {
            clock.Advance(Limit);
            return end.IsCompleted;
        });
        return await end;
    }

    private static string EndOf(RawStream stream) => Encoding.Latin1.GetString(stream.Frames
        .Last(frame => frame.Type == RawHttp2.Headers).Payload);
}
