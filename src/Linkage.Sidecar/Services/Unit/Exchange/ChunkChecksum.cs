using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Checks a chunk before anything is done with it.</summary>
internal static class ChunkChecksum
{
    /// <summary>Refuses a chunk without a checksum, or with another one.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is damaged, or cannot be checked.</exception>
    public static void Require(UploadChunkRequest chunk)
    {
        ReadOnlySpan<byte> data = chunk.Data.Span;
        bool isWhole = chunk.ChecksumCase switch
        {
            UploadChunkRequest.ChecksumOneofCase.Crc32C => Crc32C(data) == chunk.Crc32C,
            UploadChunkRequest.ChecksumOneofCase.Sha256 =>
                CryptographicOperations.FixedTimeEquals(SHA256.HashData(data), chunk.Sha256.Span),
            _ => throw Refusals.BadField("checksum", "crc32c or sha256 is needed."),
        };
        if (!isWhole)
        {
            throw Refusals.Of(ErrorReason.ChunkDamaged, "The chunk does not have the checksum sent with it.");
        }
    }

    /// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4).</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (byte rest in data)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
