using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The one encoding of messages besides identity.</summary>
internal static class GzipCodec
{
    public const string Name = "gzip";

    /// <summary>The encodings understood, as the accept headers list them.</summary>
    public const string Accepted = "identity,gzip";

    private const int Step = 16 * 1024;

    // RFC 1952: a head of ten bytes, two or more of data, checksum and length of four each.
    private const int ShortestLength = 20;
    private const int LengthOfLength = 4;

    /// <summary>Whether a list of encodings has gzip.</summary>
    public static bool IsIn(string? encodings) => encodings is not null && encodings.Split(',')
        .Any(name => name.AsSpan().Trim().Equals(Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Inflates a message and stops as soon as it exceeds the limit, so that a bomb costs no memory.</summary>
    /// <exception cref="RpcException">Too large, or not gzip.</exception>
    public static void Inflate(ReadOnlySequence<byte> payload, PooledBuffer target, int? limit, StatusCode malformed)
    {
        using Stream source = new ReadOnlySequenceStream(payload);
        using GZipStream gzip = new(source, CompressionMode.Decompress);
        try
        {
            int read;
            while ((read = gzip.Read(target.GetSpan(Step))) > 0)
            {
                target.Advance(read);
                if (target.Length > limit)
                {
                    throw new RpcException(TransportStatus.TooLargeToReceive);
                }
            }
        }
        catch (InvalidDataException wrong)
        {
            throw new RpcException(new Status(malformed, "A compressed message is not valid gzip.", wrong));
        }

        // Of nothing, GZipStream makes nothing, and so do the clients that use it.
        if (!payload.IsEmpty && !EndsWithLength(payload, target.Length))
        {
            throw new RpcException(new Status(malformed, "A compressed message was cut short."));
        }
    }

    public static void Deflate(ReadOnlyMemory<byte> payload, PooledBuffer target, CompressionLevel level)
    {
        using Stream sink = new BufferWriterStream(target);
        using GZipStream gzip = new(sink, level);
        gzip.Write(payload.Span);
    }

    // The base library takes the end of the input for the end of the data, and so half a message for a whole one.
    private static bool EndsWithLength(ReadOnlySequence<byte> payload, int inflatedLength)
    {
        if (payload.Length < ShortestLength)
        {
            return false;
        }

        Span<byte> length = stackalloc byte[LengthOfLength];
        payload.Slice(payload.Length - LengthOfLength).CopyTo(length);
        return BinaryPrimitives.ReadUInt32LittleEndian(length) == (uint)inflatedLength;
    }
}
