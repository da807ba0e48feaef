using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Bloom.Tests.Support;

/// <summary>Encoded files of invented records.</summary>
internal static class Encoded
{
    /// <summary>Encodes records with the ids r0, r1, …</summary>
    public static EncodedFileHeader Write(
        string path, LinkageSchema schema, IEnumerable<string?[]> records, int keyNumber = 1)
    {
        using LinkageKey key = Samples.Key(keyNumber);
        using RecordEncoder encoder = new(schema, key, "party-a");
        using EncodedFileWriter writer = EncodedFileWriter.Create(path, path + ".map", encoder);
        foreach (string?[] record in records)
        {
            writer.Add($"r{writer.Count}", record);
        }

        return writer.Complete();
    }

    public static EncodedFileHeader WritePeople(string path, int count, int keyNumber = 1) =>
        Write(path, Samples.People, Enumerable.Range(0, count).Select(Samples.Person), keyNumber);

    /// <summary>Rows of a pass that are alone in their blocks.</summary>
    public static IEnumerable<int> LoneRows(EncodedPass pass) => Enumerable.Range(0, pass.RowCount).Where(row =>
        (row == 0 || pass.Token(row - 1) != pass.Token(row))
        && (row == pass.RowCount - 1 || pass.Token(row + 1) != pass.Token(row)));
}
