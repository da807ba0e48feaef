using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>Just enough of HTTP/2 (RFC 9113) to send and see single frames, in the clear.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte RstStream = 3;
    public const byte Ping = 6;
    public const byte EndStream = 1;

    private const byte Settings = 4;
    private const byte Acknowledge = 1;
    private const byte EndHeaders = 4;

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawHttp2(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public static async Task<RawHttp2> ConnectAsync(Uri address, int? window = null)
    {
        TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port);
        RawHttp2 connection = new(client);
        await connection._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        byte[] settings = [0, 1, 0, 0, 0, 0];
        if (window is int size)
        {
            byte[] value = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(value, size);
            settings = [.. settings, 0, 4, .. value];
        }

        await connection.SendFrameAsync(Settings, 0, 0, settings);
        return connection;
    }

    public Task SendHeadersAsync(int stream, string path, params (string Name, string Value)[] more)
    {
        List<byte> block = [];
        (string, string)[] all =
        [
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
            ("content-type", "application/grpc"), ("te", "trailers"), .. more,
        ];
        foreach ((string name, string value) in all)
        {
            // A literal field that is not indexed, RFC 7541 section 6.2.2; all are shorter than 127 bytes.
            block.Add(0);
            block.Add((byte)name.Length);
            block.AddRange(Encoding.ASCII.GetBytes(name));
            block.Add((byte)value.Length);
            block.AddRange(Encoding.ASCII.GetBytes(value));
        }

        return SendFrameAsync(Headers, EndHeaders, stream, [.. block]);
    }

    public Task SendDataAsync(int stream, byte[] payload, bool endStream) =>
        SendFrameAsync(Data, endStream ? EndStream : (byte)0, stream, payload);

    public Task SendResetAsync(int stream) => SendFrameAsync(RstStream, 0, stream, [0, 0, 0, 8]);

    public async Task<RawStream> ReadToEndAsync(int stream)
    {
        using CancellationTokenSource patience = new(Waiting.Patience);
        List<(byte, byte, byte[])> frames = [];
        while (true)
        {
            (byte type, byte flags, int id, byte[] payload) = await ReadFrameAsync(patience.Token);
            if ((type is Settings or Ping) && (flags & Acknowledge) == 0)
            {
                await SendFrameAsync(type, Acknowledge, 0, type == Ping ? payload : []);
            }

            if (id != stream || type is not (Data or Headers or RstStream))
            {
                continue;
            }

            frames.Add((type, flags, payload));
            if (type == RstStream || (flags & EndStream) != 0)
            {
                return new RawStream(frames);
            }
        }
    }

    /// <summary>The next frame of any kind, which nobody answers; null once the connection is closed.</summary>
    public async Task<(byte Type, byte[] Payload)?> NextAsync()
    {
        using CancellationTokenSource patience = new(Waiting.Patience);
        try
        {
            (byte type, _, _, byte[] payload) = await ReadFrameAsync(patience.Token);
            return (type, payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public Task AcknowledgePingAsync(byte[] payload) => SendFrameAsync(Ping, Acknowledge, 0, payload);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task SendFrameAsync(byte type, byte flags, int stream, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(0), payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame);
    }

    private async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadFrameAsync(CancellationToken cancel)
    {
        byte[] head = new byte[9];
        await _stream.ReadExactlyAsync(head, cancel);
        byte[] payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await _stream.ReadExactlyAsync(payload, cancel);
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
    }
}
