using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>What comes off the wire, read without one. A failure names its round: it is the seed.</summary>
public sealed partial class WireFuzzTests
{
    private const int Rounds = 20_000;
    private const int Seed = 7;
    private const int Limit = 300;

    [Fact]
    public async Task MessageReader_AnyBytesInAnyPieces_GivesTheSoundFramesAndThenAnEndOrARefusal()
    {
        for (int round = 0; round < Rounds; round++)
        {
            FuzzRandom random = new(Seed, round);
            byte[] body = Body(random);
            (List<byte[]> expected, bool ends) = Expect(body);

            (List<byte[]> got, StatusCode? refusal) = await ReadAsync(body, 1 + random.Below(40));

            Assert.True(expected.SequenceEqual(got, new ByteComparer()), $"round {round}");
            Assert.True(ends == refusal is null, $"round {round}: {refusal}");
            Assert.True(refusal is null or StatusCode.Internal or StatusCode.ResourceExhausted, $"round {round}");
        }
    }

    [Fact]
    public async Task Base64Reader_AnyText_GivesItsBytesOrARefusal()
    {
        for (int round = 0; round < Rounds; round++)
        {
            FuzzRandom random = new(Seed, round);
            byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1 + random.Below(3))
                .Select(_ => Convert.ToBase64String(random.Bytes(1 + random.Below(30))))));
            text = random.Chance(50) ? FuzzBytes.Mutate(text, random) : text;
            byte[]? expected = FromGroups(text, out bool isCanonical);

            byte[]? got = await DecodeAsync(text, 1 + random.Below(30));

            // Bits behind the end of a padded group may be refused or left out of account.
            Assert.True(got is not null || !isCanonical, $"round {round}: refused");
            Assert.True(got is null || got.AsSpan().SequenceEqual(expected), $"round {round}: other bytes");
        }
    }

    [Theory]
    [InlineData("    QUJD")]
    [InlineData("QUJD    ")]
    public async Task Base64Reader_FourBlanks_AreRefusedAndAreNoEnd(string text) =>
        Assert.Null(await DecodeAsync(Encoding.ASCII.GetBytes(text), piece: 4));

    [Fact]
    public void CallTimeout_AnyText_IsReadExactlyIfTheProtocolAllowsIt()
    {
        for (int round = 0; round < Rounds; round++)
        {
            FuzzRandom random = new(Seed, round);
            string text = FuzzBytes.Text(random, "0123456789HMSmun+-. ", 11);

            Assert.True(CallTimeout.TryParse(text, out TimeSpan timeout) == Timeout().IsMatch(text), $"round {round}");
            Assert.True(
                CallTimeout.TryParseMilliseconds(text, out TimeSpan milliseconds) == Milliseconds().IsMatch(text),
                $"round {round}");
            Assert.True(timeout >= TimeSpan.Zero && milliseconds >= TimeSpan.Zero, $"round {round}");
            TimeSpan any = new((long)(random.Next() >> (1 + random.Below(60))));
            Assert.True(CallTimeout.TryParse(CallTimeout.Format(any), out _), $"round {round}");
        }
    }

    [Fact]
    public void MetadataCodec_AnyField_IsTakenOrLeftOut()
    {
        for (int round = 0; round < Rounds; round++)
        {
            FuzzRandom random = new(Seed, round);
            string name = FuzzBytes.Text(random, "abcXYZ-_.!~#0", 12) + random.Pick(["", "-bin", "-BIN", "bin"]);
            string value = FuzzBytes.Text(random, "ABCabc0123=+/-_, %", 40);
            Metadata metadata = [];

            Exception? failure = Record.Exception(() => MetadataCodec.Read(metadata, name, value));

            Assert.True(failure is null, $"round {round}: {failure?.GetType().Name}");
            Assert.All(metadata, entry => Assert.True(MetadataCodec.TryWrite(entry, out _), $"round {round}"));
        }
    }

    [Fact]
    public void PercentCoding_AnyText_ComesBackAndIsPlainOnItsWay()
    {
        for (int round = 0; round < Rounds; round++)
        {
            FuzzRandom random = new(Seed, round);
            string text = FuzzBytes.Text(random, "ab %\n\t\0~\u007f\u00e9\u4e2d0Ff", 30);

            string encoded = PercentCoding.Encode(text);

            Assert.True(encoded.All(letter => letter is >= ' ' and <= '~'), $"round {round}");
            Assert.True(PercentCoding.Decode(encoded) == text, $"round {round}");
            Assert.True(Record.Exception(() => PercentCoding.Decode(text)) is null, $"round {round}");
        }
    }

    [Fact]
    public void ConnectError_AnyStatusAndTrailers_IsJson()
    {
        for (int round = 0; round < Rounds; round++)
        {
            FuzzRandom random = new(Seed, round);
            Status status = new((StatusCode)random.Below(20), FuzzBytes.Text(random, "ab\0\"\\\u00e9", 20));
            Metadata trailers = new()
            {
                { ConnectError.DetailsKey, random.Bytes(random.Below(30)) },
                { "x", FuzzBytes.Text(random, "ab", 5) },
            };
            ArrayBufferWriter<byte> bytes = new();
            using (Utf8JsonWriter json = new(bytes))
            {
                ConnectError.WriteEnd(json, status, trailers);
            }

            using JsonDocument read = JsonDocument.Parse(bytes.WrittenMemory);
            Assert.True(
                read.RootElement.TryGetProperty("error", out _) == (status.StatusCode != StatusCode.OK),
                $"round {round}");
        }
    }

    [GeneratedRegex("^[0-9]{1,8}[HMSmun]$(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Timeout();

    [GeneratedRegex("^[0-9]{1,10}$(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Milliseconds();

    private static byte[] Body(FuzzRandom random)
    {
        List<byte> body = [];
        for (int count = random.Below(4); count > 0; count--)
        {
            body.AddRange(FuzzFrame.Of(random.Bytes(random.Below(Limit + 2))).ToBytes());
        }

        return random.Chance(50) ? FuzzBytes.Mutate([.. body], random) : [.. body];
    }

    // The rules once more, as plainly as they can be said.
    private static (List<byte[]> Messages, bool Ends) Expect(ReadOnlySpan<byte> body)
    {
        List<byte[]> messages = [];
        while (body.Length >= 5 && body[0] == 0)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(body[1..]);
            if (length > Limit || length > body.Length - 5)
            {
                break;
            }

            messages.Add(body.Slice(5, (int)length).ToArray());
            body = body[(5 + (int)length)..];
        }

        return (messages, body.IsEmpty);
    }

    private static async Task<(List<byte[]> Messages, StatusCode? Refusal)> ReadAsync(byte[] body, int piece)
    {
        PipeReader pipe = PipeReader.Create(
            new MemoryStream(body), new StreamPipeReaderOptions(bufferSize: piece, minimumReadSize: 1));
        MessageReader reader = new(pipe, Limit, StatusCode.Internal);
        List<byte[]> messages = [];
        try
        {
            while (await reader.ReadAsync(new PlainCodec(), CancellationToken.None) is { } message)
            {
                messages.Add(message);
            }

            return (messages, null);
        }
        catch (RpcException refused)
        {
            return (messages, refused.StatusCode);
        }
    }

    private static byte[]? FromGroups(byte[] text, out bool isCanonical)
    {
        isCanonical = true;
        List<byte> bytes = [];
        for (int place = 0; place < text.Length; place += 4)
        {
            string group = Encoding.Latin1.GetString(text, place, Math.Min(4, text.Length - place));
            byte[] three = new byte[3];
            if (group.Length < 4 || group.Any(char.IsWhiteSpace)
                || !Convert.TryFromBase64String(group, three, out int count))
            {
                isCanonical = false;
                return null;
            }

            isCanonical &= Convert.ToBase64String(three, 0, count) == group;

            bytes.AddRange(three.AsSpan(0, count));
        }

        return [.. bytes];
    }

    private static async Task<byte[]?> DecodeAsync(byte[] text, int piece)
    {
        PipeReader pipe = PipeReader.Create(
            new MemoryStream(text), new StreamPipeReaderOptions(bufferSize: piece, minimumReadSize: 1));
        await using Base64Reader reader = new(pipe);
        using MemoryStream plain = new();
        try
        {
            await reader.CopyToAsync(plain);
            return plain.ToArray();
        }
        catch (RpcException)
        {
            return null;
        }
    }

    private sealed class PlainCodec : MessageCodec<byte[]>
    {
        public override byte[] Decode(ReadOnlySequence<byte> payload) => payload.ToArray();

        public override void Encode(byte[] message, SerializationContext target) => target.Complete(message);
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
