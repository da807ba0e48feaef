using System.Globalization;
using System.Text.Json;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Audit;

/// <summary>Reads the certificates of deletion that the data directory has. Thread-safe.</summary>
internal sealed class DeletionCertificates
{
    /// <summary>The folder's name in the data directory.</summary>
    public const string Folder = StoreFolders.CertificatesName;

    private readonly string _folder;

    /// <summary>Reads those of a data directory.</summary>
    public DeletionCertificates(string data)
    {
        _folder = Path.Join(data, Folder);
    }

    /// <summary>The texts, in the order in which they were made.</summary>
    /// <param name="projectId">The project they are about; empty for all.</param>
    /// <param name="isShown">Whether one is, by its project and the parties whose files it names; all are if
    /// null.</param>
    public IReadOnlyList<string> List(
        string projectId, Func<string, IReadOnlyCollection<string>, bool>? isShown = null) => !Directory.Exists(_folder)
        ? []
        : [.. Directory.EnumerateFiles(_folder, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .Select(text => (Text: text, Facts: FactsOf(text)))
            .Where(one => (projectId.Length == 0 || one.Facts.ProjectId == projectId)
                && isShown?.Invoke(one.Facts.ProjectId, one.Facts.Parties) != false)
            .OrderBy(one => one.Facts.IssuedAt) // by what is signed: a restored file is younger
            .Select(one => one.Text)];

    // A file that is no certificate is of no project and no party, and comes first.
    private static (string ProjectId, string[] Parties, DateTimeOffset IssuedAt) FactsOf(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("certificate", out JsonElement certificate)
            || !certificate.TryGetProperty("deletion", out JsonElement deletion))
        {
            return (string.Empty, [], DateTimeOffset.MinValue);
        }

        string[] parties = deletion.TryGetProperty("files", out JsonElement files)
            ? [.. files.EnumerateArray().Select(file => TextIn(file, "party")).OfType<string>()]
            : [];
        return (
            TextIn(deletion, "projectId") ?? string.Empty,
            parties,
            DateTimeOffset.TryParse(
                TextIn(certificate, "issuedAt"), CultureInfo.InvariantCulture, out DateTimeOffset at)
                ? at
                : DateTimeOffset.MinValue);
    }

    private static string? TextIn(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
