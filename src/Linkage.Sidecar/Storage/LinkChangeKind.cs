namespace Linkage.Sidecar.Storage;

/// <summary>What happened to link ids. The numbers are stored and never change their meaning.</summary>
internal enum LinkChangeKind
{
    /// <summary>Records are new.</summary>
    Added = 0,

    /// <summary>Entities became one.</summary>
    Merged = 1,

    /// <summary>An entity fell apart.</summary>
    Split = 2,

    /// <summary>Records are gone.</summary>
    Removed = 3,
}
