using System.Diagnostics;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Where the process's spans come from; a span has the name of an rpc and no value of a call.</summary>
internal static class SidecarTraces
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Linkage.Sidecar";

    /// <summary>The source; without a listener it makes no spans.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Begins a span whose parent is the caller's, or none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Which side of a call it is.</param>
    /// <param name="parent">The caller's <c>traceparent</c> (w3.org/TR/trace-context), if it is one.</param>
    /// <param name="tags">What is known from the beginning.</param>
    /// <returns>Null if nobody wants it.</returns>
    /// <remarks>
    /// <c>tracestate</c> and <c>baggage</c> are not taken over: they are free text of the caller's, and a value in them
    /// would leave with the span.
    /// </remarks>
    public static Activity? Begin(
        string name, ActivityKind kind, string? parent, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // The web server's own span is not exported, so it must not become the parent.
        Activity.Current = null;
        bool isNamed = ActivityContext.TryParse(parent, traceState: null, isRemote: true, out ActivityContext named);
        ActivityContext context = isNamed ? named : default;
        return Source.StartActivity(name, kind, context, new ActivityTagsCollection(tags.ToArray()));
    }
}
