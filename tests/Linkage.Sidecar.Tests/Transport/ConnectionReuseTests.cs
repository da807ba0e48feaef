using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

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

    private static byte[] Enveloped(string json)
    {
        byte[] message = new byte[5 + Encoding.UTF8.GetByteCount(json)];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 5);
        Encoding.UTF8.GetBytes(json, message.AsSpan(5));
        return message;
    }
}
