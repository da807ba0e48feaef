using System.Text.Json;

namespace Linkage.Bloom.Schemas;

/// <summary>
/// A JSON object read strictly: unknown and repeated members are refused, every error names its place.
/// </summary>
internal readonly struct JsonPart
{
    private readonly JsonElement _element;
    private readonly string _place;

    public JsonPart(JsonElement element, string place, params ReadOnlySpan<string> known)
    {
        _element = element;
        _place = place;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new LinkageSchemaException(place.Length == 0 ? "file" : place, "must be an object");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            SchemaRules.Require(known.Contains(property.Name), PlaceOf(property.Name), "is not known");
            SchemaRules.Require(seen.Add(property.Name), PlaceOf(property.Name), "stands twice");
        }
    }

    public string PlaceOf(string name) => _place.Length == 0 ? name : $"{_place}.{name}";

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    public string Text(string name, string? fallback = null)
    {
        if (!_element.TryGetProperty(name, out JsonElement value))
        {
            return fallback ?? throw new LinkageSchemaException(PlaceOf(name), "is missing");
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new LinkageSchemaException(PlaceOf(name), "must be a text");
    }

    public long Integer(string name, long fallback)
    {
        if (!_element.TryGetProperty(name, out JsonElement value))
        {
            return fallback;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : throw new LinkageSchemaException(PlaceOf(name), "must be a whole number");
    }

    public int SmallInteger(string name, int fallback)
    {
        long value = Integer(name, fallback);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new LinkageSchemaException(PlaceOf(name), "is out of range");
    }

    public double Number(string name, double fallback)
    {
        if (!_element.TryGetProperty(name, out JsonElement value))
        {
            return fallback;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? number
            : throw new LinkageSchemaException(PlaceOf(name), "must be a number");
    }

    public T Word<T>(string name, (string Word, T Value)[] table, T? fallback = null)
        where T : struct, Enum
    {
        if (fallback is { } value && !Has(name))
        {
            return value;
        }

        return SchemaWords.TryFind(table, Text(name), out T found)
            ? found
            : throw new LinkageSchemaException(PlaceOf(name), $"must be one of {SchemaWords.List(table)}");
    }

    public JsonElement[] Items(string name)
    {
        if (!_element.TryGetProperty(name, out JsonElement value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : throw new LinkageSchemaException(PlaceOf(name), "must be a list");
    }

    public string[] Texts(string name)
    {
        JsonElement[] items = Items(name);
        string[] texts = new string[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            texts[i] = items[i].ValueKind == JsonValueKind.String
                ? items[i].GetString()!
                : throw new LinkageSchemaException($"{PlaceOf(name)}[{i}]", "must be a text");
        }

        return texts;
    }

    public JsonElement Member(string name) => _element.GetProperty(name);
}
