using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport.Contract;
using Linkage.Sidecar.Transport.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("1H", 3600.0)]
    [InlineData("2M", 120.0)]
    [InlineData("3S", 3.0)]
    [InlineData("4m", 0.004)]
    [InlineData("5u", 0.000005)]
    [InlineData("99999999H", 99999999.0 * 3600)]
    public void TryParse_ValidTimeout_IsRead(string text, double seconds)
    {
        Assert.True(CallTimeout.TryParse(text, out TimeSpan timeout));
        Assert.Equal(seconds, timeout.TotalSeconds, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("+5S")]
    [InlineData(" 5S")]
    [InlineData("5 S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(CallTimeout.TryParse(text, out _));

    [Fact]
    public void Format_AnyTimeout_IsReadBackAsAtLeastAsLong()
    {
        foreach (long ticks in (long[])[0, 1, 10, 999_999_999, 1_000_000_000, 999_999 * TimeSpan.TicksPerHour])
        {
            Assert.True(CallTimeout.TryParse(CallTimeout.Format(new TimeSpan(ticks)), out TimeSpan back));
            Assert.InRange(back.Ticks, ticks, Math.Max(10, ticks + (ticks / 1000)));
        }
    }

    [Theory]
    [InlineData("7x", "13")]
    [InlineData("0S", "4")]
    [InlineData("0n", "4")]
    [InlineData("99999999H", "0")]
    [InlineData("1300H", "0")]
    public async Task Timeout_Header_DecidesTheStatus(string timeout, string code)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] echo = Frames.Frame(new ProbeRequest { Behavior = "echo" });

        RawAnswer answer = await Frames.PostAsync(
            server.Http, "Unary", "application/grpc", echo, ("grpc-timeout", timeout));

        Assert.Equal(code, answer.Code);
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("ignore")]
    [InlineData("trailers")]
    public async Task Deadline_HandlerAtWork_EndsTheCallForTheClient(string behavior)
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        byte[] request = Frames.Frame(new ProbeRequest { Behavior = behavior });

        Task<RawAnswer> asked = Frames.PostAsync(
            server.Http, "Unary", "application/grpc", request, ("grpc-timeout", "1H"));
        await server.Memory.CalledAsync();
        clock.Advance(TimeSpan.FromHours(1));
        RawAnswer answer = await asked.WaitAsync(Waiting.Patience);

        Assert.Equal("4", answer.Code);
        ServerCallContext call = Assert.Single(server.Memory.Calls);
        Assert.True(call.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Deadline_ClientNeverEndsItsStream_EndsTheCall()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Upload", ("grpc-timeout", "1H"));
        await server.Memory.CalledAsync();
        clock.Advance(TimeSpan.FromHours(1));
        RawStream stream = await connection.ReadToEndAsync(1);

        Assert.Null(stream.ResetCode);
        Assert.Contains(
            "grpc-status\u00014",
            System.Text.Encoding.Latin1.GetString(stream.Frames[^1].Payload),
            StringComparison.Ordinal);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Deadline_WriteStuckInFlowControl_ResetsTheStream()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2, window: 1000);

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download", ("grpc-timeout", "1S"));
        byte[] request = Frames.Frame(new ProbeRequest
        {
            Behavior = "endless",
            Payload = Google.Protobuf.ByteString.CopyFrom(new byte[50_000]),
        });
        await connection.SendDataAsync(1, request[..16_000], endStream: false);
        await connection.SendDataAsync(1, request[16_000..32_000], endStream: false);
        await connection.SendDataAsync(1, request[32_000..48_000], endStream: false);
        await connection.SendDataAsync(1, request[48_000..], endStream: true);
        await server.Memory.CalledAsync();
        await Waiting.UntilAsync(() => clock.Armed == 2); // of the deadline, and of the write that is stuck
        clock.Advance(TimeSpan.FromSeconds(1));
        RawStream stream = await connection.ReadToEndAsync(1);

        Assert.Equal(8, stream.ResetCode);
        Assert.Equal(1000, stream.Body.Length);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Deadline_Absent_IsTheEndOfTime()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        await server.Client.UnaryAsync(new ProbeRequest { Behavior = "echo" });

        Assert.Equal(DateTime.MaxValue, Assert.Single(server.Memory.Calls).Deadline);
    }

    [Fact]
    public async Task Deadline_OfTheClient_ReachesTheServerAndEndsTheCall()
    {
        TimerClock clock = new();
        await using ProbeServer server = await StartAsync(clock);
        DateTime deadline = DateTime.UtcNow.AddHours(1);

        using AsyncUnaryCall<ProbeReply> call =
            server.Client.UnaryAsync(new ProbeRequest { Behavior = "wait" }, deadline: deadline);
        await server.Memory.CalledAsync();
        clock.Advance(TimeSpan.FromHours(1));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () => await call);

        // What the request takes on its way is not taken off the time it may take.
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.InRange(
            Assert.Single(server.Memory.Calls).Deadline, deadline.AddSeconds(-1), deadline + Waiting.Patience);
    }

    [Fact]
    public async Task Cancel_ByTheClient_ReachesTheWaitingHandler()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using CancellationTokenSource cancel = new();
        using AsyncUnaryCall<ProbeReply> call =
            server.Client.UnaryAsync(new ProbeRequest { Behavior = "wait" }, cancellationToken: cancel.Token);
        await Waiting.UntilAsync(() => !server.Memory.Calls.IsEmpty);

        await cancel.CancelAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Reset_WhileReading_CancelsTheHandler()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Upload");
        await Waiting.UntilAsync(() => !server.Memory.Calls.IsEmpty);

        await connection.SendResetAsync(1);

        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
        Assert.DoesNotContain(server.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task ConnectionLost_WhileWriting_CancelsTheHandler()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2, window: 1000);
        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download");
        byte[] request = Frames.Frame(new ProbeRequest { Behavior = "endless", Text = new string('x', 100) });
        await connection.SendDataAsync(1, request, endStream: true);
        await Waiting.UntilAsync(() => server.Memory.Written > 0);

        await connection.DisposeAsync();

        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    private static Task<ProbeServer> StartAsync(TimerClock clock) =>
        ProbeServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
}
