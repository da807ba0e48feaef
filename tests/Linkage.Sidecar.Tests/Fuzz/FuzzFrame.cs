using System.Buffers.Binary;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>A message in its envelope, which may lie.</summary>
internal sealed class FuzzFrame
{
    public byte Flag { get; set; }

    public uint Length { get; set; }

    public required byte[] Payload { get; set; }

    public static FuzzFrame Of(byte[] payload) => new() { Payload = payload, Length = (uint)payload.Length };

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[5 + Payload.Length];
        bytes[0] = Flag;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), Length);
        Payload.CopyTo(bytes, 5);
        return bytes;
    }
}
