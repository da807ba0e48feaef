using System.Text.Json;

namespace Linkage.Core.Model;

/// <summary>Reads a model file strictly: what it does not know, it refuses.</summary>
internal static class ModelFileReader
{
    // A hundred and sixty levels with long names stay under a quarter of this.
    private const int MostBytes = 1 << 20;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads a model.</summary>
    /// <exception cref="FormatException">The file is no valid model; the message names the place.</exception>
    public static FellegiSunterModel Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!stream.CanSeek || stream.Length > MostBytes)
        {
            throw Fault("file", "is too long for a model, or no plain file");
        }

        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Parse(json);
    }

    /// <summary>Reads a model from the text of its file.</summary>
    /// <exception cref="FormatException">The text is no valid model; the message names the place.</exception>
    public static FellegiSunterModel Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MostBytes)
        {
            throw Fault("file", "is too long for a model");
        }

        json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
        FellegiSunterModel model;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            model = ReadRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            // The parser's own message may quote the text; line and column are enough.
            throw Fault($"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", "is not JSON");
        }
        catch (InvalidOperationException e)
        {
            // Text that is not Unicode shows itself when it is taken.
            throw new FormatException("model: file: holds text that is not Unicode", e);
        }

        string? fault = ModelFileRules.FindFault(model);
        return fault is null ? model : throw new FormatException($"model: {fault}");
    }

    private static FellegiSunterModel ReadRoot(JsonElement root)
    {
        RequireObject(
            root, "", "format", "linkageFingerprint", "note", "prior", "comparisons", "nonMatchKinds", "interactions");
        if (Text(root, "", "format") != ModelFile.Format)
        {
            throw Fault("format", $"must be {ModelFile.Format}");
        }

        return new FellegiSunterModel
        {
            LinkageFingerprint = Text(root, "", "linkageFingerprint"),
            PriorMatchProbability = Number(root, "", "prior"),
            Comparisons = Items(root, "", "comparisons", ReadComparison),
            NonMatchKinds = Items(root, "", "nonMatchKinds", ReadKind),
            Interactions = root.TryGetProperty("interactions", out _)
                ? Items(root, "", "interactions", ReadInteraction) : [],
            Note = OptionalText(root, "", "note"),
        };
    }

    private static ComparisonModel ReadComparison(JsonElement element, string place)
    {
        RequireObject(element, place, "name", "note", "fixed", "levels");
        int which = Array.IndexOf(ModelFile.FixedWords, OptionalText(element, place, "fixed") ?? "");
        if (which < 0 || (which == 0 && element.TryGetProperty("fixed", out _)))
        {
            throw Fault(PlaceOf(place, "fixed"), "must be m, u or both");
        }

        return new ComparisonModel(Text(element, place, "name"), Items(element, place, "levels", ReadLevel))
        {
            Fixed = (FixedProbabilities)which,
            Note = OptionalText(element, place, "note"),
        };
    }

    private static InteractionModel ReadInteraction(JsonElement element, string place)
    {
        RequireObject(element, place, "first", "second", "m", "u");
        return new InteractionModel(
            Text(element, place, "first"),
            Text(element, place, "second"),
            ReadNumbers(Member(element, place, "m"), PlaceOf(place, "m")),
            Items(element, place, "u", ReadNumbers));
    }

    private static LevelModel ReadLevel(JsonElement element, string place)
    {
        RequireObject(element, place, "name", "m", "u", "outOfOrder");
        JsonElement outOfOrder = Member(element, place, "outOfOrder");
        if (outOfOrder.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw Fault(PlaceOf(place, "outOfOrder"), "must be true or false");
        }

        return new LevelModel(
            Text(element, place, "name"),
            Number(element, place, "m"),
            Number(element, place, "u"),
            outOfOrder.GetBoolean());
    }

    private static NonMatchKind ReadKind(JsonElement element, string place)
    {
        RequireObject(element, place, "pass", "share", "u");
        IReadOnlyList<double>[] u = Items(element, place, "u", ReadNumbers);
        return new NonMatchKind(Text(element, place, "pass"), Number(element, place, "share"), u);
    }

    private static IReadOnlyList<double> ReadNumbers(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Fault(place, "must be a list");
        }

        return
        [
            .. element.EnumerateArray().Select((item, i) =>
                item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out double number)
                    ? number
                    : throw Fault($"{place}[{i}]", "must be a number")),
        ];
    }

    private static void RequireObject(JsonElement element, string place, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault(place.Length == 0 ? "file" : place, "must be an object");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw Fault(place.Length == 0 ? "file" : place, "has a member that is not known");
            }
        }
    }

    private static JsonElement Member(JsonElement element, string place, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value : throw Fault(PlaceOf(place, name), "is missing");

    private static string Text(JsonElement element, string place, string name)
    {
        JsonElement value = Member(element, place, name);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Fault(PlaceOf(place, name), "must be a text");
    }

    private static string? OptionalText(JsonElement element, string place, string name) =>
        element.TryGetProperty(name, out _) ? Text(element, place, name) : null;

    private static double Number(JsonElement element, string place, string name)
    {
        JsonElement value = Member(element, place, name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? number
            : throw Fault(PlaceOf(place, name), "must be a number");
    }

    private static T[] Items<T>(JsonElement element, string place, string name, Func<JsonElement, string, T> read)
    {
        JsonElement value = Member(element, place, name);
        string at = PlaceOf(place, name);
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, i) => read(item, $"{at}[{i}]"))]
            : throw Fault(at, "must be a list");
    }

    private static string PlaceOf(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    private static FormatException Fault(string place, string message) => new($"model: {place}: {message}");
}
