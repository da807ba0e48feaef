using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class ConnectionReuseTests
{
    [Fact]
    public async Task Stream_OverHttp1_LeavesTheConnectionToTheNextCall()
    {
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
            using ByteArrayContent body = new(Enveloped("{\"behavior\":\"echo\",\"count\":2}"));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/connect+json");
            using HttpResponseMessage answer = await client.PostAsync(
                new Uri("/linkage.transport.test.Probe/Download", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
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
