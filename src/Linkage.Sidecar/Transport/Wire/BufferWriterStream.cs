using System.Buffers;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>A buffer writer as a stream that can be written.</summary>
internal sealed class BufferWriterStream(IBufferWriter<byte> target) : OneWayStream
{
    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
}
