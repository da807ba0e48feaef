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
    public IReadOnlyList<string> List(string projectId) => !Directory.Exists(_folder)
        ? []
        : [.. Directory.EnumerateFiles(_folder, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .Select(text => (Text: text, Facts: FactsOf(text)))
            .Where(one => projectId.Length == 0 || one.Facts.ProjectId == projectId)
            .OrderBy(one => one.Facts.IssuedAt) // by what is signed: a restored file is younger
            .Select(one => one.Text)];

    private static (string? ProjectId, DateTimeOffset IssuedAt) FactsOf(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("certificate", out JsonElement certificate))
        {
            return default;
        }

        string? project = certificate.TryGetProperty("deletion", out JsonElement deletion)
            && deletion.TryGetProperty("projectId", out JsonElement id)
            && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        return certificate.TryGetProperty("issuedAt", out JsonElement issued)
            && issued.ValueKind == JsonValueKind.String
            && issued.TryGetDateTimeOffset(out DateTimeOffset at)
                ? (project, at)
                : (project, DateTimeOffset.MinValue);
    }
}
