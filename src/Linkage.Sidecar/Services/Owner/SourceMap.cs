using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>An owner's map from handles to source ids, read whole.</summary>
/// <remarks>Columns <c>handle,source_id</c> as in RFC 4180, as the writer of encoded files makes it.</remarks>
internal sealed class SourceMap
{
    private const string Kind = "map";
    private const string Header = "handle,source_id";
    private const int HandleDigits = 32;

    private readonly Dictionary<UInt128, string> _ids = [];

    private SourceMap()
    {
    }

    /// <summary>Reads a map.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is none; the error names the line and quotes nothing.</exception>
    public static SourceMap Load(string path, CancellationToken cancellation)
    {
        try
        {
            using StreamReader reader = new(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(reader, cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw OwnerError.Unusable(Kind, "it is not UTF-8");
        }
        catch (Exception fault) when (OwnerIo.IsFault(fault))
        {
            throw OwnerError.Unusable(Kind, "it cannot be read");
        }
    }

    /// <summary>Whether a map came from the encoding that made a file.</summary>
    /// <remarks>
    /// A process killed between giving the two their names leaves a new map beside an old file. Handles are drawn anew
    /// by every encoding, and each of the two is whole, so one record decides.
    /// </remarks>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="FormatException">The encoded file is damaged, or none.</exception>
    public static bool IsOf(string mapPath, string encodedPath)
    {
        using EncodedFile file = EncodedFile.Open(encodedPath);
        using StreamReader reader = new(mapPath, new UTF8Encoding(false));
        Span<char> digits = stackalloc char[HandleDigits];
        if (reader.ReadLine() != Header)
        {
            return false;
        }

        int length = reader.ReadBlock(digits);
        return length == 0
            ? file.Merge.RecordCount == 0
            : TryParse(digits[..length], out UInt128 handle) && Has(file.Merge, handle);
    }

    /// <summary>The source id of a handle's record; null if the map has none.</summary>
    public string? Find(string handle) =>
        TryParse(handle, out UInt128 number) ? _ids.GetValueOrDefault(number) : null;

    /// <summary>Whether a text is 32 lower-case hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 number)
    {
        number = default;
        return text.Length == HandleDigits
            && !text.ContainsAnyInRange('A', 'F')
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    // Records rise by handle.
    private static bool Has(MergeSection records, UInt128 handle)
    {
        int from = 0;
        int to = records.RecordCount;
        while (from < to)
        {
            int middle = from + ((to - from) / 2);
            UInt128 found = BinaryPrimitives.ReadUInt128BigEndian(records.Handle(middle));
            if (found == handle)
            {
                return true;
            }

            (from, to) = found < handle ? (middle + 1, to) : (from, middle);
        }

        return false;
    }

    private static SourceMap Read(StreamReader reader, CancellationToken cancellation)
    {
        SourceMap map = new();
        if (reader.ReadLine() != Header)
        {
            throw OwnerError.Unusable(Kind, $"its first line is not {Header}");
        }

        Span<char> start = stackalloc char[HandleDigits + 1];
        StringBuilder cell = new();
        for (long row = 1; reader.Peek() >= 0; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = reader.ReadBlock(start);
            if (length < start.Length || start[^1] != ',' || !TryParse(start[..HandleDigits], out UInt128 handle)
                || !TryReadCell(reader, cell.Clear()) || !map._ids.TryAdd(handle, cell.ToString()))
            {
                throw OwnerError.Unusable(Kind, FormattableString.Invariant($"row {row} is malformed"));
            }
        }

        cell.Clear();
        return map;
    }

    // The last cell of a row: false if it is empty, never ends, or something follows its end.
    private static bool TryReadCell(StreamReader reader, StringBuilder cell)
    {
        if (reader.Peek() == '"')
        {
            reader.Read();
            return TryReadQuoted(reader, cell);
        }

        cell.Append(reader.ReadLine());
        return cell.Length > 0;
    }

    private static bool TryReadQuoted(StreamReader reader, StringBuilder cell)
    {
        for (int next = reader.Read(); next >= 0; next = reader.Read())
        {
            if (next == '"')
            {
                if (reader.Peek() != '"')
                {
                    return cell.Length > 0 && string.IsNullOrEmpty(reader.ReadLine());
                }

                reader.Read();
            }

            cell.Append((char)next);
        }

        return false;
    }
}
