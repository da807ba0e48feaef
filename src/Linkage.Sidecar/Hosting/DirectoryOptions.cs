namespace Linkage.Sidecar.Hosting;

/// <summary>Where files are; full paths, null where the role needs none.</summary>
internal sealed record DirectoryOptions
{
    /// <summary>Schemas that may be opened by name.</summary>
    public string? Schemas { get; init; }

    /// <summary>Key files that may be opened by name; closed to everybody else, like each file in it.</summary>
    public string? Keys { get; init; }

    /// <summary>Column mappings that may be opened by name.</summary>
    public string? Columns { get; init; }

    /// <summary>Where encoded files are written.</summary>
    public string? Output { get; init; }

    /// <summary>The store of the unit role; closed to everybody else.</summary>
    public string? Data { get; init; }
}
