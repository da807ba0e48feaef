using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport;
using Linkage.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;

namespace Linkage.Sidecar.Tests.Faults;

/// <summary>
/// Clients that are gone without a word: for the server a connection without its end and one that never says anything
/// again are the same.
/// </summary>
public sealed class HalfOpenClientTests(EncodedPeople people) : IClassFixture<EncodedPeople>
{
    private const string Upload = "/linkage.transport.test.Probe/Upload";
    private const string UploadChunk = "/linkage.v1.ExchangeService/UploadChunk";

    [Fact]
    public async Task Connection_SilentDuringACall_IsPingedAndClosedAndTheCallCancelled()
    {
        await using ProbeServer server = await StartAsync(answerTime: null);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        await connection.SendHeadersAsync(1, Upload);
        await server.Memory.CalledAsync();

        List<byte> seen = [];
        while (await connection.NextAsync() is { } frame)
        {
            seen.Add(frame.Type);
        }

        Assert.Contains(RawHttp2.Ping, seen);
        await server.Memory.Cancelled.Task.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Connection_QuietButAnswersPings_KeepsItsCall()
    {
        await using ProbeServer server = await StartAsync(answerTime: Waiting.Patience);
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        await connection.SendHeadersAsync(1, Upload);

        // That a second one comes shows that the answer to the first was taken.
        for (int pings = 0; pings < 2;)
        {
            (byte type, byte[] payload) = (await connection.NextAsync())!.Value;
            if (type == RawHttp2.Ping)
            {
                await connection.AcknowledgePingAsync(payload);
                pings++;
            }
        }

        await connection.SendDataAsync(1, [], endStream: true);
        RawStream answer = await connection.ReadToEndAsync(1);

        Assert.Contains(
            "grpc-status\u00010", Encoding.Latin1.GetString(answer.Frames[^1].Payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http1Connection_TakenByTheListener_IsAskedByTheSystem()
    {
        TaskCompletionSource<(int On, int Quiet)> seen = new();
        SidecarOptions options = RunningHost.Options with
        {
            Limits = new LimitOptions { KeepAlive = TimeSpan.FromSeconds(45) },
        };
        await using RunningHost host = await RunningHost.StartAsync(options, app => app.MapGet("/socket", context =>
        {
            Socket socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;
            seen.SetResult((
                (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!,
                (int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime)!));
            return Task.CompletedTask;
        }));
        using HttpClient client = new();

        using HttpResponseMessage answer = await client.GetAsync(new Uri(host.Address(), "/socket"));
        (int on, int quiet) = await seen.Task.WaitAsync(Waiting.Patience);

        Assert.NotEqual(0, on);
        Assert.Equal(45, quiet);
    }

    [Fact]
    public async Task Caller_LostAtItsLimit_GetsItsPlaceBack()
    {
        await using UnitHost host = await UnitHost.StartAsync(change: options => options with
        {
            Limits = options.Limits with { ConcurrentCalls = 1, KeepAlive = TimeSpan.FromSeconds(1) },
        });
        ProjectService.ProjectServiceClient client = host.Projects();

        // A slow machine may have given the connection up before anybody asks; then another one is lost.
        await Waiting.UntilAsync(async () =>
        {
            await using RawHttp2 lost = await RawHttp2.ConnectAsync(host.Address);
            await lost.SendHeadersAsync(1, UploadChunk, ("authorization", $"Bearer {host.TokenOf("health")}"));
            Task closed = ReadToEndAsync(lost);
            StatusCode code = StatusCode.OK;
            while (code != StatusCode.ResourceExhausted && !closed.IsCompleted)
            {
                code = await CodeAsync(client, host);
            }

            await closed;
            return code == StatusCode.ResourceExhausted;
        });
        await Waiting.UntilAsync(async () => await CodeAsync(client, host) == StatusCode.OK);
    }

    [Fact]
    public async Task Upload_OfALostClient_IsTakenUpByItsNextConnection()
    {
        await using UnitHost host = await UnitHost.StartAsync();
        Project project = await UnitFlow.AgreeAsync(host, people);
        V1.Upload upload = await UnitFlow.BeginAsync(host, people, project.Id, "health");
        UploadChunkRequest[] chunks = EncodedPeople.Chunks(upload.Id, people.BytesOf("health"));
        await using RawHttp2 lost = await RawHttp2.ConnectAsync(host.Address);
        await lost.SendHeadersAsync(1, UploadChunk, ("authorization", $"Bearer {host.TokenOf("health")}"));
        byte[] half = Frames.Frame(chunks[0])[..10_000];
        await lost.SendDataAsync(1, half, endStream: false);

        await UnitFlow.SendAsync(host, "health", chunks);
        CompleteUploadResponse done = await host.Exchange().CompleteUploadAsync(
            new CompleteUploadRequest { UploadId = upload.Id }, host.As("health"));

        Assert.Equal(UploadState.Complete, done.Upload.State);
        Assert.Equal(people.BytesOf("health"), await File.ReadAllBytesAsync(
            host.Store.Segments.PathOf(host.Store.Segments.Find(upload.Id)!)));
    }

    private static Task<ProbeServer> StartAsync(TimeSpan? answerTime) => ProbeServer.StartAsync(kestrel: server =>
    {
        KestrelListeners.SetPatience(server.Limits, new LimitOptions { KeepAlive = TimeSpan.FromSeconds(1) });
        server.Limits.Http2.KeepAlivePingTimeout = answerTime ?? server.Limits.Http2.KeepAlivePingTimeout;
    });

    private static async Task<StatusCode> CodeAsync(ProjectService.ProjectServiceClient client, UnitHost host)
    {
        try
        {
            await client.ListProjectsAsync(new ListProjectsRequest(), host.As("health"));
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private static async Task ReadToEndAsync(RawHttp2 connection)
    {
        while (await connection.NextAsync() is not null)
        {
            // Nobody answers.
        }
    }
}
