using System.Text.Json;
using Linkage.Bloom.Normalization;

namespace Linkage.Cli.Input;

/// <summary>What an agency says of its own CSV files: a document of the format "linkage-columns/1".</summary>
/// <remarks>Agencies share a schema but never headers, delimiters or date orders, so these stay apart.</remarks>
internal sealed record ColumnsFile
{
    /// <summary>The format's name and version.</summary>
    public const string Format = "linkage-columns/1";

    /// <summary>The document as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>How the CSV is to be read.</summary>
    public CsvReadOptions ReadOptions { get; init; } = CsvReadOptions.Default;

    /// <summary>The order of the parts of dates; null when it is to be detected.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>The id column; null when it is not said.</summary>
    public string? Id { get; init; }

    /// <summary>The columns by field, for the fields that do not go by their own name.</summary>
    public IReadOnlyDictionary<string, FieldSource> Fields { get; init; } = new Dictionary<string, FieldSource>();

    /// <summary>Reads a document.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="InputException">It is not a document of this format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ColumnsFile Load(string path)
    {
        using FileStream stream = InputFile.Open(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new ColumnsFileParser(path).Parse(document.RootElement);
        }
        catch (JsonException exception)
        {
            // The parser's own message quotes the text.
            long? line = exception.LineNumber + 1;
            throw new InputException(path, $"not valid JSON{(line is null ? string.Empty : $" (line {line})")}");
        }
        catch (InvalidOperationException)
        {
            // Thrown where a text is asked for that ends in half a character; the inner message may quote it.
            throw new InputException(path, "holds text that is not Unicode");
        }
    }
}
