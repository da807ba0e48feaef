using System.Text.Json;

namespace Linkage.Sidecar.Services.Unit.Audit;

/// <summary>Reads the certificates of deletion that the data directory has. Thread-safe.</summary>
internal sealed class DeletionCertificates
{
    /// <summary>The folder's name in the data directory.</summary>
    public const string Folder = "certificates";

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
        : [.. new DirectoryInfo(_folder).EnumerateFiles("*.json")
            .OrderBy(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => File.ReadAllText(file.FullName))
            .Where(text => projectId.Length == 0 || ProjectOf(text) == projectId)];

    private static string? ProjectOf(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("certificate", out JsonElement certificate)
            && certificate.TryGetProperty("deletion", out JsonElement deletion)
            && deletion.TryGetProperty("projectId", out JsonElement project)
            && project.ValueKind == JsonValueKind.String
                ? project.GetString()
                : null;
    }
}
