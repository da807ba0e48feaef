using System.Text.Json;
using Linkage.Bloom.Normalization;

namespace Linkage.Cli.Input;

/// <summary>Turns the JSON of a columns file into a <see cref="ColumnsFile"/>; unknown keys are refused.</summary>
/// <param name="file">The document as the user named it, for messages.</param>
internal sealed class ColumnsFileParser(string file)
{
    /// <summary>Reads the whole document.</summary>
    /// <param name="root">Its root.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="InputException">A key is unknown or a value does not fit its key.</exception>
    public ColumnsFile Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(file, "must be a JSON object");
        }

        ColumnsFile columns = new() { File = file };
        foreach (JsonProperty property in root.EnumerateObject())
        {
            columns = property.Name switch
            {
                "format" => CheckFormat(property, columns),
                "delimiter" => Reading(columns, columns.ReadOptions with { Delimiter = Delimiter(property) }),
                "encoding" => Reading(columns, columns.ReadOptions with { Encoding = Encoding(property) }),
                "dateOrder" => columns with { DateOrder = Order(property) },
                "id" => columns with { Id = Text(property) },
                "fields" => columns with { Fields = Fields(property) },
                _ => throw Unknown(property.Name),
            };
        }

        return columns;
    }

    private static ColumnsFile Reading(ColumnsFile columns, CsvReadOptions options) =>
        columns with { ReadOptions = options };

    private ColumnsFile CheckFormat(JsonProperty property, ColumnsFile columns) =>
        Text(property) == ColumnsFile.Format ? columns : throw Wrong(property, $"must be \"{ColumnsFile.Format}\"");

    private char Delimiter(JsonProperty property) =>
        Text(property) is [char delimiter] && CsvReadOptions.IsDelimiter(delimiter)
            ? delimiter
            : throw Wrong(property, "must be one ASCII character that is no letter, digit or quote");

    private string Encoding(JsonProperty property)
    {
        string name = Text(property);
        return TextEncodings.TryFind(name, out _) ? name : throw Wrong(property, "is not a known text encoding");
    }

    private DateOrder Order(JsonProperty property) => Text(property) switch
    {
        "ymd" => DateOrder.YearMonthDay,
        "dmy" => DateOrder.DayMonthYear,
        "mdy" => DateOrder.MonthDayYear,
        _ => throw Wrong(property, "must be \"ymd\", \"dmy\" or \"mdy\""),
    };

    private Dictionary<string, FieldSource> Fields(JsonProperty fields)
    {
        RequireObject(fields);
        Dictionary<string, FieldSource> sources = new(StringComparer.Ordinal);
        foreach (JsonProperty field in fields.Value.EnumerateObject())
        {
            sources.Add(field.Name, field.Value.ValueKind switch
            {
                JsonValueKind.Null => FieldSource.Absent,
                JsonValueKind.String => FieldSource.InOneColumn(Text(field)),
                _ => ThreeColumns(field),
            });
        }

        return sources;
    }

    private FieldSource ThreeColumns(JsonProperty field)
    {
        RequireObject(field);
        FieldSource source = new(null, null, null, null);
        foreach (JsonProperty part in field.Value.EnumerateObject())
        {
            source = part.Name switch
            {
                "year" => source with { Year = Text(part) },
                "month" => source with { Month = Text(part) },
                "day" => source with { Day = Text(part) },
                _ => throw Unknown($"{field.Name}.{part.Name}"),
            };
        }

        return source is { Year: not null, Month: not null, Day: not null }
            ? source
            : throw Wrong(field, "needs a column for each of year, month and day");
    }

    private void RequireObject(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(property, "must be a JSON object");
        }
    }

    private string Text(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } text
            ? text
            : throw Wrong(property, "must be a string that is not empty");

    private InputException Wrong(JsonProperty property, string problem) =>
        new(file, null, 0, $"\"{property.Name}\"", problem);

    private InputException Unknown(string key) => new(file, $"unknown key \"{key}\"");
}
