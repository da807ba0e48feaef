namespace Linkage.Sidecar.Telemetry;

/// <summary>The limits of a caller; the names are labels.</summary>
internal enum LimitWord
{
    /// <summary>Calls a second.</summary>
    Rate,

    /// <summary>Calls at the same time.</summary>
    Calls,

    /// <summary>Streams at the same time.</summary>
    Streams,

    /// <summary>Bytes of one file.</summary>
    Size,

    /// <summary>Open uploads of a party, or their bytes.</summary>
    Uploads,

    /// <summary>Runs of an analyst that have not ended.</summary>
    Runs,

    /// <summary>Lookups a second.</summary>
    Lookups,

    /// <summary>Lookups that look like probing.</summary>
    Probing,
}
