namespace Linkage.Bloom.Storage;

/// <summary>One column of an encoded file: as many cells of one width as its section has rows.</summary>
/// <param name="Section"><c>pass/NAME</c> or <c>merge</c>.</param>
/// <param name="Name">What the column holds.</param>
/// <param name="Width">Bytes of a cell.</param>
/// <param name="Rows">Number of cells.</param>
/// <param name="Offset">First byte, counted from the start of the data; a multiple of 64.</param>
internal sealed record EncodedColumn(string Section, string Name, int Width, int Rows, long Offset)
{
    public long Length => (long)Width * Rows;
}
