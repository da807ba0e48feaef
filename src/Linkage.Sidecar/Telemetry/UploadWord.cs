namespace Linkage.Sidecar.Telemetry;

/// <summary>How an upload ends; the names are labels.</summary>
internal enum UploadWord
{
    /// <summary>Whole, and kept.</summary>
    Complete,

    /// <summary>Whole, and not what the terms ask for.</summary>
    Refused,

    /// <summary>Deleted by its party.</summary>
    Discarded,

    /// <summary>Deleted because nothing came any more.</summary>
    Expired,
}
