namespace Linkage.Bloom.Storage;

/// <summary>Where an encoded file is being written: a plain file, or memory.</summary>
/// <remarks>Ranges that do not overlap may be written by several threads at a time.</remarks>
internal abstract class ByteTarget
{
    /// <summary>Gives the whole its length; what is not written yet is zero.</summary>
    public abstract void SetLength(long length);

    public abstract void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>Reads back what was written.</summary>
    public abstract void ReadExactly(Span<byte> destination, long offset);
}
