namespace Linkage.Core.Incremental;

/// <summary>What happened to entities.</summary>
public enum EntityChangeKind
{
    /// <summary>Records are new, in an entity of their own or in one that was there.</summary>
    Added = 0,

    /// <summary>Entities became one.</summary>
    Merged,

    /// <summary>An entity fell apart.</summary>
    Split,

    /// <summary>Records are gone.</summary>
    Removed,
}
