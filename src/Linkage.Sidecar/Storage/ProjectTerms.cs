namespace Linkage.Sidecar.Storage;

/// <summary>What every party of a project must approve before data are accepted.</summary>
internal sealed record ProjectTerms
{
    /// <summary>SHA-256 of all that changes bits or block keys, in hex.</summary>
    public required string EncodingFingerprint { get; init; }

    /// <summary>SHA-256 of levels, groups and thresholds, in hex.</summary>
    public required string LinkageFingerprint { get; init; }

    /// <summary>The random name of the key the parties share.</summary>
    public required string KeyId { get; init; }

    /// <summary>Equal in two files exactly when key and schema are.</summary>
    public required string CheckValue { get; init; }

    /// <summary>The schema as the parties wrote it.</summary>
    public required string SchemaText { get; init; }

    /// <summary>What may leave a run.</summary>
    public required OutputType Output { get; init; }

    /// <summary>The name of the project in the key file.</summary>
    public string KeyProject { get; init; } = string.Empty;

    /// <summary>The generation of the key.</summary>
    public int Epoch { get; init; } = 1;

    /// <summary>The model to score with, as the tool writes it; null if it is estimated from the files.</summary>
    public string? ModelText { get; init; }

    /// <summary>Numbers below this one are not told.</summary>
    public int SmallestCount { get; init; } = 10;
}
