using System.Globalization;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Tests.Support;

/// <summary>An encoded file, and the owner's knowledge of which row of the source each handle stands for.</summary>
internal sealed class EncodedParty
{
    private readonly Dictionary<string, int> _rows;

    private EncodedParty(EncodedFile file, Dictionary<string, int> rows)
    {
        File = file;
        _rows = rows;
    }

    public EncodedFile File { get; }

    /// <summary>The row of the source, from zero, that a handle stands for.</summary>
    public int RowOf(string handle) => _rows[handle];

    /// <summary>Encodes rows, opens the file and reads the map back.</summary>
    public static EncodedParty Encode(
        string path, LinkageSchema schema, LinkageKey key, string party, IReadOnlyList<string?[]> rows)
    {
        string mapPath = $"{path}.map";
        using (var encoder = new RecordEncoder(schema, key, party))
        using (EncodedFileWriter writer = EncodedFileWriter.Create(path, mapPath, encoder))
        {
            for (int row = 0; row < rows.Count; row++)
            {
                writer.Add($"{row}", rows[row]);
            }

            writer.Complete();
        }

        var rowsByHandle = System.IO.File.ReadLines(mapPath).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => int.Parse(cells[1], CultureInfo.InvariantCulture));
        return new EncodedParty(EncodedFile.Open(path), rowsByHandle);
    }
}
