using System.IO.Compression;
using System.Text;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Does up to three things to a request: to its messages, its frames, its body, its head.</summary>
internal sealed class FuzzMutator
{
    private const int BombBytes = 4 << 20;

    private static readonly byte[] Bomb = Zip(new byte[BombBytes]);
    private static readonly uint[] Lengths = [0, 1, 4, 0x40000, 0x40001, 0x7FFFFFFF, 0x80000000, uint.MaxValue];

    private readonly FuzzRequest _request;
    private readonly FuzzRandom _random;
    private readonly FuzzNames _names;

    public FuzzMutator(FuzzRequest request, FuzzRandom random, FuzzNames names)
    {
        _request = request;
        _random = random;
        _names = names;
    }

    /// <summary>Mutates the messages and makes the body of them.</summary>
    public void Run()
    {
        FuzzMutation[] all = Enum.GetValues<FuzzMutation>();
        for (int count = _random.Pick([0, 1, 1, 1, 2, 2, 3]); count > 0; count--)
        {
            FuzzMutation mutation = _random.Pick(all);
            // To connect anew costs more than all the rest.
            if (mutation != FuzzMutation.Reset || _random.Chance(40))
            {
                _request.Mutations.Add(mutation);
            }
        }

        MutateMessages();
        List<FuzzFrame> frames = [.. _request.Messages.Select(FuzzFrame.Of)];
        MutateFrames(frames);
        _request.Body = BodyOf(frames);
        MutateBody();
        new FuzzHeadMutator(_request, _random, _names).Run();
    }

    private bool Is(FuzzMutation mutation) => _request.Mutations.Contains(mutation);

    private static byte[] Zip(byte[] plain)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return zipped.ToArray();
    }

    private void MutateMessages()
    {
        List<byte[]> messages = _request.Messages;
        foreach (FuzzMutation mutation in _request.Mutations.Where(one => one <= FuzzMutation.OddJson).Order())
        {
            int place = messages.Count == 0 ? -1 : _random.Below(messages.Count);
            if (place >= 0)
            {
                messages[place] = Mutate(mutation, messages[place]);
            }
        }

        if (Is(FuzzMutation.RepeatMessage) && messages.Count > 0)
        {
            messages.AddRange(Enumerable.Repeat(_random.Pick(messages), 1 + _random.Below(3)));
        }

        if (Is(FuzzMutation.ReverseMessages))
        {
            messages.Reverse();
        }

        if (Is(FuzzMutation.NoMessage))
        {
            messages.Clear();
        }
    }

    private byte[] Mutate(FuzzMutation mutation, byte[] message) => mutation switch
    {
        FuzzMutation.FlipBits => Flip(message),
        FuzzMutation.CutMessage => message[.._random.Below(message.Length + 1)],
        FuzzMutation.GrowMessage => Insert(message, _random.Bytes(1 + _random.Below(40))),
        FuzzMutation.InvalidUtf8 => Insert(message, _random.Pick<byte[]>([[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80]])),
        FuzzMutation.DeepNesting => Nest(message),
        _ => Insert(message, Encoding.UTF8.GetBytes(_random.Pick(OddJson))),
    };

    private static IReadOnlyList<string> OddJson { get; } =
    [
        "\"\\ud800\"", "null", "1e999", "-0", "[]", "{}", "\"", ",", ":", "\\u0000", "\"idempotencyKey\":{},",
        "\"pageSize\":1.5,", "\"lifetime\":\"-9e9s\",", "\"terms\":null,", "\"facts\":[],", "\"data\":\"*\",",
        "\"size\":\"99999999999999999999\",", "\"projectId\":\"a\",\"projectId\":\"b\",", "true", "NaN", "//", "\ufeff",
    ];

    private byte[] Flip(byte[] message)
    {
        byte[] flipped = [.. message];
        for (int count = 1 + _random.Below(8); count > 0 && flipped.Length > 0; count--)
        {
            flipped[_random.Below(flipped.Length)] ^= (byte)(1 << _random.Below(8));
        }

        return flipped;
    }

    private byte[] Insert(byte[] message, byte[] more)
    {
        int place = _random.Below(message.Length + 1);
        return [.. message.AsSpan(0, place), .. more, .. message.AsSpan(place)];
    }

    private byte[] Nest(byte[] message)
    {
        int depth = _random.Pick([10, 99, 101, 5000]);
        if (_request.IsJson)
        {
            return Encoding.UTF8.GetBytes(
                $"{{\"unknown\":{new string('[', depth)}{new string(']', _random.Chance(80) ? depth : 0)}}}");
        }

        // Start-of-group tags of a field that nobody has, and length-delimited ones that hold each other.
        byte[] opened = [.. Enumerable.Repeat((byte)(_random.Chance(50) ? 0x7B : 0x1A), depth)];
        return [.. message, .. opened];
    }

    private void MutateFrames(List<FuzzFrame> frames)
    {
        if (frames.Count == 0)
        {
            return;
        }

        FuzzFrame frame = _random.Pick(frames);
        if (Is(FuzzMutation.Compressed) || Is(FuzzMutation.CompressedBadly) || Is(FuzzMutation.GzipBomb))
        {
            Compress(frame);
        }

        if (Is(FuzzMutation.CompressedUnnamed))
        {
            frame.Flag |= 1;
        }

        if (Is(FuzzMutation.UnknownFlag))
        {
            frame.Flag = _random.Pick<byte>([2, 3, 0x7F, 0x80, 0xFF]);
        }

        if (Is(FuzzMutation.LengthLies))
        {
            frame.Length = _random.Chance(50)
                ? _random.Pick(Lengths)
                : frame.Length + (uint)_random.Below(20) - 10;
        }
    }

    private void Compress(FuzzFrame frame)
    {
        frame.Payload = Is(FuzzMutation.GzipBomb) ? Bomb : Zip(frame.Payload);
        if (Is(FuzzMutation.CompressedBadly))
        {
            frame.Payload = _random.Chance(50) ? Flip(frame.Payload) : frame.Payload[..(frame.Payload.Length / 2)];
        }

        frame.Length = (uint)frame.Payload.Length;
        frame.Flag |= 1;
        _request.Headers[_request.Protocol switch
        {
            WireProtocol.ConnectUnary => "content-encoding",
            WireProtocol.ConnectStream => "connect-content-encoding",
            _ => "grpc-encoding",
        }] = "gzip";
    }

    private byte[] BodyOf(List<FuzzFrame> frames) => _request.Protocol switch
    {
        WireProtocol.ConnectUnary => [.. frames.SelectMany(frame => frame.Payload)],
        WireProtocol.GrpcWebText => Encoding.ASCII.GetBytes(
            string.Concat(frames.Select(frame => Convert.ToBase64String(frame.ToBytes())))),
        _ => [.. frames.SelectMany(frame => frame.ToBytes())],
    };

    private void MutateBody()
    {
        if (Is(FuzzMutation.CutBody))
        {
            _request.Body = _request.Body[.._random.Below(_request.Body.Length + 1)];
        }

        if (Is(FuzzMutation.ExtraBytes))
        {
            _request.Body = Insert(_request.Body, _random.Bytes(1 + _random.Below(10)));
        }

        if (Is(FuzzMutation.Reset))
        {
            _request.ResetAt = _random.Below(_request.Body.Length + 1);
        }
    }
}
