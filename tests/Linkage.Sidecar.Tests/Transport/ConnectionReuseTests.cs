using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class ConnectionReuseTests
{
    private const string TooLong = "too long";

    [Theory]
    [InlineData("Download", "application/connect+json", "{\"behavior\":\"echo\",\"count\":2}")]
    [InlineData("Download", "application/connect+json", "no JSON")]
    [InlineData("Unary", "application/json", "{\"behavior\":\"echo\"}")]
    [InlineData("Unary", "application/json", "no JSON")]
    [InlineData("Unary", "application/json", TooLong)]
    [InlineData("Download", "application/connect+json", TooLong)]
    public async Task Call_OverHttp1_LeavesTheConnectionToTheNextCall(string method, string contentType, string json)
    {
        string sent = json == TooLong ? new string(' ', 5 << 20) : json;
        await using ProbeServer server = await ProbeServer.StartAsync();
        int connections = 0;
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (context, cancel) =>
            {
                Interlocked.Increment(ref connections);
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using HttpClient client = new(handler) { BaseAddress = server.Http1 };

        for (int i = 0; i < 3; i++)
        {
            using ByteArrayContent body = new(method == "Unary" ? Encoding.UTF8.GetBytes(sent) : Enveloped(sent));
            body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            using HttpResponseMessage answer = await client.PostAsync(
                new Uri($"/linkage.transport.test.Probe/{method}", UriKind.Relative), body);
            await answer.Content.ReadAsByteArrayAsync();
        }

        Assert.Equal(1, connections);
    }

    [Theory]
    [InlineData("Unary", "application/json", "connect-timeout-ms: 1000", "{")]
    [InlineData("Unary", "application/grpc-web", "grpc-timeout: 1S", "")]
    [InlineData("Unary", "application/grpc-web", "grpc-timeout: 1S", "\0\0\0")]
    [InlineData("Unary", "application/grpc-web-text", "grpc-timeout: 1S", "")]
    [InlineData("Download", "application/connect+proto", "connect-timeout-ms: 1000", "")]
    [InlineData("Download", "application/connect+proto", "connect-timeout-ms: 1000", "\0\0\0")]
    public async Task Deadline_PassesWhileTheMessageIsWaitedFor_LeavesTheConnectionToTheNextCall(
        string method, string contentType, string timeout, string begun)
    {
        const int Length = 10;
        TimerClock clock = new();
        await using ProbeServer server =
            await ProbeServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        using TcpClient client = new();
        await client.ConnectAsync(server.Http1.Host, server.Http1.Port);
        await using NetworkStream connection = client.GetStream();
        string head = $"POST /linkage.transport.test.Probe/{method} HTTP/1.1\r\nHost: localhost\r\n"
            + $"Content-Type: {contentType}\r\n";

        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"{head}{timeout}\r\nContent-Length: {Length}\r\n\r\n{begun}"));
        int timers = begun.StartsWith('\0') ? 3 : 2; // of the deadline, of the whole message, of one begun
        await Waiting.UntilAsync(() => clock.Armed == timers);
        clock.Advance(TimeSpan.FromSeconds(1));
        using StreamReader reader = new(connection, Encoding.Latin1);
        string? first = await reader.ReadLineAsync();
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"{new string('x', Length - begun.Length)}{head}Connection: close\r\nContent-Length: 0\r\n\r\n"));
        string rest = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 ", first, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 ", rest, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Empty(server.Memory.Calls);
    }

    private static byte[] Enveloped(string json)
    {
        byte[] message = new byte[5 + Encoding.UTF8.GetByteCount(json)];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 5);
        Encoding.UTF8.GetBytes(json, message.AsSpan(5));
        return message;
    }
}
