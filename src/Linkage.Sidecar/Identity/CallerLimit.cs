namespace Linkage.Sidecar.Identity;

/// <summary>Which limit a caller is over.</summary>
internal enum CallerLimit
{
    /// <summary>None.</summary>
    None,

    /// <summary>Calls a second.</summary>
    Rate,

    /// <summary>Calls at the same time.</summary>
    Calls,

    /// <summary>Streams at the same time.</summary>
    Streams,
}
