namespace Linkage.Core;

/// <summary>Whether a record may have several partners in a file without duplicates.</summary>
public enum OneToOneMode
{
    /// <summary><see cref="Optimal"/> when every party is free of duplicates, else <see cref="Off"/>.</summary>
    Auto = 0,

    /// <summary>Every pair is decided by itself.</summary>
    Off,

    /// <summary>Heaviest pair first.</summary>
    Greedy,

    /// <summary>The assignment with the greatest total evidence.</summary>
    Optimal,
}
