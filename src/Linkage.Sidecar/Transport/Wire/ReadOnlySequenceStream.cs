using System.Buffers;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>A sequence as a stream that can be read once.</summary>
internal sealed class ReadOnlySequenceStream(ReadOnlySequence<byte> sequence) : OneWayStream
{
    private ReadOnlySequence<byte> _rest = sequence;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, _rest.Length);
        _rest.Slice(0, count).CopyTo(buffer);
        _rest = _rest.Slice(count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
}
