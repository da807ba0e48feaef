using System.Text.Json;
using Linkage.Bloom.Normalization;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>An agency's names for the fields of a schema: a document of the format <c>linkage-columns/1</c>.</summary>
/// <remarks>
/// The format is the tool's. What it says of a CSV file (delimiter, text encoding, id column) has no meaning for records
/// that come as messages, and is left out of account.
/// </remarks>
internal sealed class ColumnsDocument
{
    private const string Kind = "columns file";
    private const string Format = "linkage-columns/1";
    private const string TruthPrefix = "truth_";
    private const int LongestFile = 1 << 20;

    private static readonly string[] Parts = ["year", "month", "day"];

    private readonly Dictionary<string, FieldSource> _fields = new(StringComparer.Ordinal);

    private ColumnsDocument()
    {
    }

    /// <summary>The order of the parts of dates; year first if the document does not say.</summary>
    public DateOrder DateOrder { get; private set; }

    /// <summary>The fields it speaks of.</summary>
    public IEnumerable<string> Fields => _fields.Keys;

    /// <summary>Reads a document.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is none of this format.</exception>
    public static ColumnsDocument Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                throw OwnerError.Unusable(Kind, "it is too long");
            }

            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Parse(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // The inner message may quote the file.
            throw OwnerError.Unusable(Kind, "it is not valid JSON, or a member is of another kind than it must be");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OwnerError.Unusable(Kind, "it cannot be read");
        }
    }

    /// <summary>Where a field's value comes from; under its own name if the document does not say.</summary>
    public FieldSource SourceOf(string field) => _fields.GetValueOrDefault(field) ?? FieldSource.Of(field);

    private static ColumnsDocument Parse(JsonElement root)
    {
        ColumnsDocument columns = new();
        foreach (JsonProperty member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "format":
                    Require(member.Value.GetString() == Format, $"its format is not {Format}");
                    break;
                case "dateOrder":
                    columns.DateOrder = OrderOf(member.Value.GetString());
                    break;
                case "fields":
                    columns.AddFields(member.Value);
                    break;
                case "delimiter" or "encoding" or "id":
                    break;
                default:
                    throw OwnerError.Unusable(Kind, "it has an unknown member");
            }
        }

        return columns;
    }

    private static DateOrder OrderOf(string? word) => word switch
    {
        "ymd" => DateOrder.YearMonthDay,
        "dmy" => DateOrder.DayMonthYear,
        "mdy" => DateOrder.MonthDayYear,
        _ => throw OwnerError.Unusable(Kind, "its dateOrder is not ymd, dmy or mdy"),
    };

    private static FieldSource ReadSource(JsonElement source) => source.ValueKind switch
    {
        JsonValueKind.Null => FieldSource.Absent,
        JsonValueKind.String => FieldSource.Of(ReadName(source)),
        _ => ReadParts(source),
    };

    private static FieldSource ReadParts(JsonElement source)
    {
        string?[] names = new string?[Parts.Length];
        foreach (JsonProperty part in source.EnumerateObject())
        {
            int index = Array.IndexOf(Parts, part.Name);
            Require(index >= 0, "a date in parts has a member other than year, month and day");
            names[index] = ReadName(part.Value);
        }

        Require(!names.Contains(null), "a date in parts needs a name for each of year, month and day");
        return new FieldSource([.. names.OfType<string>()]);
    }

    private static string ReadName(JsonElement element)
    {
        string name = element.GetString() ?? string.Empty;
        Require(name.Length > 0, "it has an empty name");
        Require(
            !name.Trim().StartsWith(TruthPrefix, StringComparison.OrdinalIgnoreCase),
            "it maps a field to true answers, which are never encoded");
        return name;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw OwnerError.Unusable(Kind, otherwise);
        }
    }

    private void AddFields(JsonElement fields)
    {
        foreach (JsonProperty field in fields.EnumerateObject())
        {
            _fields.Add(field.Name, ReadSource(field.Value));
        }
    }
}
