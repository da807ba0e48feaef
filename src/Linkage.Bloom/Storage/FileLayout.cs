using Linkage.Bloom.Filters;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>Where everything lies in an encoded file; a function of the schema and the row counts alone.</summary>
/// <remarks>
/// <para>
/// Prefix of 64 bytes (magic, version, header length, start and length of the data), header (JSON), data (columns, each
/// at a multiple of 64), checksum table (SHA-256 of every <see cref="ChecksumBlock"/> bytes before it), and a footer of
/// 64 bytes (start of the table, length of the file, SHA-256 over table and these two numbers, zeros, magic). Numbers
/// are little-endian.
/// </para>
/// <para>
/// A pass section: token (16), handle (16), presence (4), then for every field that travels in it a tag (8) or a filter
/// (128); rows rise by token. The merge section: handle (16), rising, and for every pass the record's row (4) or
/// <see cref="NoRow"/>.
/// </para>
/// </remarks>
internal sealed class FileLayout
{
    public const uint Version = 2;

    /// <summary>The oldest version that is read; its header has no agreement table.</summary>
    public const uint FirstVersion = 1;
    public const int PrefixLength = 64;
    public const int FooterLength = 64;
    public const int Alignment = 64;
    public const int ChecksumBlock = 1 << 20;
    public const int MaxHeaderLength = 1 << 22;
    public const int TokenWidth = 16;
    public const int HandleWidth = 16;
    public const int PresenceWidth = 4;
    public const int RowWidth = 4;
    public const uint NoRow = uint.MaxValue;
    public const string MergeSection = "merge";

    // The second byte is not ASCII and a line end follows: text-mode transfers break it visibly.
    public static ReadOnlySpan<byte> Magic => [0x4C, 0x89, 0x4B, 0x45, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly int[] _firstColumn;

    public FileLayout(SchemaFacts facts, int recordCount, IReadOnlyList<int> passRows)
    {
        LinkageSchema schema = facts.Schema;
        var columns = new List<EncodedColumn>();
        _firstColumn = new int[schema.Passes.Count + 1];
        for (int pass = 0; pass < schema.Passes.Count; pass++)
        {
            _firstColumn[pass] = columns.Count;
            string section = $"pass/{schema.Passes[pass].Name}";
            Add(section, "token", TokenWidth, passRows[pass]);
            Add(section, "handle", HandleWidth, passRows[pass]);
            Add(section, "presence", PresenceWidth, passRows[pass]);
            foreach (int field in facts.TravellingFields(pass))
            {
                Add(section, $"field/{schema.Fields[field].Name}", CellWidth(schema.Fields[field]), passRows[pass]);
            }
        }

        _firstColumn[^1] = columns.Count;
        Add(MergeSection, "handle", HandleWidth, recordCount);
        foreach (PassSchema pass in schema.Passes)
        {
            Add(MergeSection, $"row/{pass.Name}", RowWidth, recordCount);
        }

        Columns = columns;
        DataLength = columns.Count == 0 ? 0 : AlignUp(columns[^1].Offset + columns[^1].Length);

        void Add(string section, string name, int width, int rows)
        {
            long offset = columns.Count == 0 ? 0 : AlignUp(columns[^1].Offset + columns[^1].Length);
            columns.Add(new EncodedColumn(section, name, width, rows, offset));
        }
    }

    public IReadOnlyList<EncodedColumn> Columns { get; }

    public long DataLength { get; }

    public static int CellWidth(FieldSchema field) => field.IsTag ? BlockScope.TagLength : BaseFilter.ByteLength;

    public static long AlignUp(long value) => (value + Alignment - 1) / Alignment * Alignment;

    /// <summary>Columns of a pass: token, handle, presence, then the fields that travel.</summary>
    public IEnumerable<EncodedColumn> PassColumns(int pass) =>
        Columns.Skip(_firstColumn[pass]).Take(_firstColumn[pass + 1] - _firstColumn[pass]);

    /// <summary>Columns of the merge section: handle, then the row in every pass.</summary>
    public IEnumerable<EncodedColumn> MergeColumns => Columns.Skip(_firstColumn[^1]);
}
