namespace Linkage.Sidecar.Telemetry;

/// <summary>How an attempt at a run ends; the names are labels.</summary>
internal enum RunWord
{
    /// <summary>Cancelled, or the process stops.</summary>
    Stopped,

    /// <summary>With results.</summary>
    Done,

    /// <summary>Without.</summary>
    Failed,
}
