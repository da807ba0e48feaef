using System.Buffers;
using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Opens files of the server's own directories by name, and nothing outside them.</summary>
/// <remarks>
/// A name is letters, digits, dots, underscores and hyphens, and begins with no dot; so it has no separator and cannot
/// lead elsewhere. A symbolic link is answered like a file that is not there.
/// </remarks>
internal sealed class OwnerFiles
{
    /// <summary>How names of encoded files end.</summary>
    public const string EncodedSuffix = ".lke";

    /// <summary>How names of maps end.</summary>
    public const string MapSuffix = ".map.csv";

    private const int LongestName = 128;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    private readonly string _schemas;
    private readonly string _keys;
    private readonly string _columns;

    /// <summary>Takes the directories of the configuration.</summary>
    /// <exception cref="ArgumentException">One that the owner role needs is not configured.</exception>
    public OwnerFiles(DirectoryOptions directories)
    {
        _schemas = Required(directories.Schemas, "schemas");
        _keys = Required(directories.Keys, "keys");
        _columns = Required(directories.Columns, "columns");
        Output = Required(directories.Output, "output");
    }

    /// <summary>The directory of encoded files and maps.</summary>
    public string Output { get; }

    /// <summary>Whether a text can be the name of a file.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text[0] != '.' && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>The path or name of the map that belongs to an encoded file's.</summary>
    public static string MapOf(string encoded) => encoded[..^EncodedSuffix.Length] + MapSuffix;

    /// <summary>The path of an existing schema.</summary>
    public string Schema(string name, string field) => Existing(_schemas, name, field, "schema");

    /// <summary>The path of an existing key.</summary>
    public string Key(string name, string field) => Existing(_keys, name, field, "key");

    /// <summary>The path of an existing columns file.</summary>
    public string Columns(string name, string field) => Existing(_columns, name, field, "columns file");

    /// <summary>The path of an existing map.</summary>
    public string Map(string name, string field)
    {
        CheckName(name, field, MapSuffix);
        return Existing(Output, name, field, "map");
    }

    /// <summary>The path of an existing encoded file.</summary>
    public string Encoded(string name, string field)
    {
        CheckName(name, field, EncodedSuffix);
        return Existing(Output, name, field, "encoded file");
    }

    /// <summary>The path of an encoded file that is to be written.</summary>
    public string NewEncoded(string name, string field)
    {
        CheckName(name, field, EncodedSuffix);
        return Path.Join(Output, name);
    }

    /// <summary>The names of all schemas, in ordinal order; what they hold is not looked at.</summary>
    public IReadOnlyList<string> ListSchemas() =>
    [
        .. new DirectoryInfo(_schemas).EnumerateFiles()
            .Where(file => file.LinkTarget is null && IsName(file.Name))
            .Select(file => file.Name)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Deletes what a killed process left half-written in the output directory.</summary>
    /// <remarks>A map that was being written holds source ids.</remarks>
    public void Sweep()
    {
        foreach (string path in Directory.EnumerateFiles(Output, ".*.tmp"))
        {
            File.Delete(path);
        }
    }

    private static string Required(string? path, string name) => path is null
        ? throw new ArgumentException($"The owner role needs directories.{name}.", nameof(path))
        : Path.GetFullPath(path);

    private static string Existing(string directory, string name, string field, string kind)
    {
        CheckName(name, field, string.Empty);
        FileInfo file = new(Path.Join(directory, name));
        return file.Exists && file.LinkTarget is null ? file.FullName : throw OwnerError.NoSuchFile(kind);
    }

    private static void CheckName(string name, string field, string suffix)
    {
        if (!IsName(name))
        {
            throw OwnerError.BadField(
                field, "must be a file name: 1 to 128 letters, digits, '.', '_' or '-', with no '.' at its beginning");
        }

        if (name.Length == suffix.Length || !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            throw OwnerError.BadField(field, $"must end in {suffix}");
        }
    }
}
