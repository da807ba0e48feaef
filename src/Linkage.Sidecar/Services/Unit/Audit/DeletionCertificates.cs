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
    /// <param name="isShown">Whether one is, by its project and the parties whose files it names; all are if
    /// null.</param>
    public IReadOnlyList<string> List(
        string projectId, Func<string, IReadOnlyCollection<string>, bool>? isShown = null) => !Directory.Exists(_folder)
        ? []
        : [.. new DirectoryInfo(_folder).EnumerateFiles("*.json")
            .OrderBy(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => File.ReadAllText(file.FullName))
            .Where(text => (projectId.Length == 0 && isShown is null) || IsWanted(text, projectId, isShown))];

    private static bool IsWanted(
        string text, string projectId, Func<string, IReadOnlyCollection<string>, bool>? isShown)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("certificate", out JsonElement certificate)
            || !certificate.TryGetProperty("deletion", out JsonElement deletion)
            || TextIn(deletion, "projectId") is not { } project)
        {
            return false;
        }

        string[] parties = deletion.TryGetProperty("files", out JsonElement files)
            ? [.. files.EnumerateArray().Select(file => TextIn(file, "party")).OfType<string>()]
            : [];
        return (projectId.Length == 0 || project == projectId) && isShown?.Invoke(project, parties) != false;
    }

    private static string? TextIn(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
