namespace Linkage.Bloom.Schemas;

/// <summary>What of a record leaves its owner. The default is the safest.</summary>
public enum ProtectionProfile
{
    /// <summary>
    /// Scoped diffusion: every pass and block has its own secret index set and masks, so equal values in different
    /// blocks look unrelated and a record alone in its block is uniformly random.
    /// </summary>
    Standard = 0,

    /// <summary>
    /// Base filters under the project's keys, one handle for all passes. For synthetic or public data only: a list of
    /// other people's names is enough to read such a file.
    /// </summary>
    Research,
}
