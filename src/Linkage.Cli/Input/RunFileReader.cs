using System.Text.Json;
using Linkage.Core.Scoring;

namespace Linkage.Cli.Input;

/// <summary>Reads run.json, in which "link" says what it did and found.</summary>
internal static class RunFileReader
{
    private const string Format = "linkage-run/1";

    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads figures of a run.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="read">
    /// Takes them out of the document; it throws <see cref="FormatException"/> for one that is out of range.
    /// </param>
    /// <returns>What was read.</returns>
    /// <exception cref="InputException">It is no file of a run, or lacks what is read.</exception>
    public static T Read<T>(string path, Func<JsonElement, T> read)
    {
        using JsonDocument document = Parse(path);
        try
        {
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception
            is KeyNotFoundException or InvalidOperationException or (FormatException and not InputException))
        {
            throw new InputException(path, "lacks figures that this version of 'link' writes; link again");
        }
    }

    /// <summary>Reads what a run expects of every threshold.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputException">It holds none.</exception>
    public static ThresholdTable ReadThresholds(string path)
    {
        InputFile.RequireFile(path);
        try
        {
            return ThresholdTable.Load(path);
        }
        catch (FormatException exception)
        {
            // The message names places only.
            throw new InputException(path, exception.Message);
        }
    }

    private static JsonDocument Parse(string path)
    {
        using FileStream stream = InputFile.Open(path);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream, Json);
        }
        catch (JsonException)
        {
            throw new InputException(path, "not valid JSON");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format", out JsonElement format)
            && format.ValueKind == JsonValueKind.String
            && format.ValueEquals(Format))
        {
            return document;
        }

        document.Dispose();
        throw new InputException(path, $"is not of format {Format}");
    }
}
