namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>What an operator decides about encryption at rest.</summary>
internal sealed record StoreEncryption
{
    /// <summary>The full path of the master key's file; null if there is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether new files are encrypted; what is encrypted stays so and readable.</summary>
    public bool IsOn { get; init; }
}
