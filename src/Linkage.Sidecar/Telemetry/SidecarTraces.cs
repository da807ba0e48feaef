using System.Diagnostics;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Where the process's spans come from; a span has the name of an rpc and no value of a call.</summary>
internal static class SidecarTraces
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Linkage.Sidecar";

    /// <summary>The source; without a listener it makes no spans.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
