namespace Linkage.Bloom.Storage;

/// <summary>Where an encoded file is being written: a plain file, memory, or a stream.</summary>
internal abstract class ByteTarget
{
    /// <summary>Gives the whole its length; what is not written yet is zero.</summary>
    public abstract void SetLength(long length);

    /// <summary>Writes a range; ranges that do not overlap may be written by several threads at a time, unless the
    /// target goes from the beginning to the end.</summary>
    public abstract void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>The checksums of all blocks of the bytes before an end, once these are written.</summary>
    public abstract byte[] HashBlocks(long end);
}
