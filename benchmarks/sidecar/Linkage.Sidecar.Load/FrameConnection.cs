using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Linkage.Sidecar.Load;

/// <summary>
/// Just enough of HTTP/2 (RFC 9113) to make health checks with next to no work of its own, so that it is the server
/// that is measured. Every answer is compared.
/// </summary>
internal sealed class FrameConnection : IDisposable
{
    private const int FrameHeader = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    // Of RFC 7541: POST and http of the static table, then the four fields that the first request put into the
    // dynamic one.
    private static readonly byte[] KnownFields = [0x83, 0x86, 0xC1, 0xC0, 0xBF, 0xBE];
    private static readonly byte[] EmptyMessage = [0, 0, 0, 0, 0];
    private static readonly byte[] Serving = [0, 0, 0, 0, 2, 8, 1];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private readonly byte[] _input = new byte[1 << 16];
    private readonly byte[] _output = new byte[1 << 16];
    private readonly HashSet<int> _answered = [];
    private readonly string _authority;
    private int _inputLength;
    private int _outputLength;
    private int _nextStream = 1;
    private int _underWay;

    /// <summary>Connects to a server.</summary>
    public FrameConnection(Uri address)
    {
        _authority = address.Authority;
        _socket.Connect(address.Host, address.Port);
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.CopyTo(_output);
        _outputLength = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.Length;
        Put(Settings, 0, 0, []);
        Put(WindowUpdate, 0, 0, [0x7F, 0, 0, 0]);
    }

    /// <summary>Keeps so many calls in flight until it is to stop, then waits for the last.</summary>
    /// <returns>Calls that ended well.</returns>
    public async Task<long> CallAsync(int inFlight, Func<bool> mayGoOn)
    {
        long done = 0;
        Call(inFlight);
        while (_underWay > 0)
        {
            await FlushAsync();
            int received = await _socket.ReceiveAsync(_input.AsMemory(_inputLength));
            _inputLength += received > 0 ? received : throw new IOException("The server is gone.");
            int ended = Read();
            done += ended;
            _underWay -= ended;
            Call(mayGoOn() ? ended : 0);
        }

        await FlushAsync();
        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task FlushAsync()
    {
        for (int sent = 0; sent < _outputLength;)
        {
            sent += await _socket.SendAsync(_output.AsMemory(sent, _outputLength - sent));
        }

        _outputLength = 0;
    }

    private void Call(int count)
    {
        _underWay += count;
        for (; count > 0; count--)
        {
            Put(Headers, EndHeaders, _nextStream, _nextStream == 1 ? FirstFields() : KnownFields);
            Put(Data, EndStream, _nextStream, EmptyMessage);
            _nextStream += 2;
        }
    }

    private byte[] FirstFields() =>
    [
        0x83, 0x86, .. Field(0x44, "/grpc.health.v1.Health/Check"), .. Field(0x41, _authority),
        .. Field(0x5F, "application/grpc"), 0x40, .. Text("te"), .. Text("trailers"),
    ];

    private static byte[] Field(byte name, string value) => [name, .. Text(value)];

    private static byte[] Text(string value) => [(byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private void Put(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = _output.AsSpan(_outputLength, FrameHeader + payload.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame, (payload.Length << 8) | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame[5..], stream);
        payload.CopyTo(frame[FrameHeader..]);
        _outputLength += frame.Length;
    }

    // All frames that are whole; how many calls ended with them.
    private int Read()
    {
        int ended = 0;
        ReadOnlySpan<byte> rest = _input.AsSpan(0, _inputLength);
        while (rest.Length >= FrameHeader)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(rest) >>> 8;
            if (rest.Length < FrameHeader + length)
            {
                break;
            }

            int stream = BinaryPrimitives.ReadInt32BigEndian(rest[5..]);
            ended += Take(rest[3], rest[4], stream, rest.Slice(FrameHeader, length));
            rest = rest[(FrameHeader + length)..];
        }

        rest.CopyTo(_input);
        _inputLength = rest.Length;
        return ended;
    }

    private int Take(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case Data when payload.SequenceEqual(Serving):
                _answered.Add(stream);
                return 0;
            case Headers when (flags & EndStream) != 0 && _answered.Remove(stream):
                return 1;
            case Headers when (flags & EndStream) == 0:
                return 0;
            case Settings or Ping when (flags & 1) == 0:
                Put(type, 1, 0, type == Ping ? payload : []);
                return 0;
            case Data or Headers or ResetStream or GoAway:
                throw new InvalidOperationException("The server does not answer as it should.");
            default:
                return 0;
        }
    }
}
