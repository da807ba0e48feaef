namespace Linkage.Sidecar.Hosting;

/// <summary>Says on a connection through which listener it came.</summary>
/// <param name="Kind">The listener.</param>
internal sealed record ListenerFeature(ListenerKind Kind)
{
    /// <summary>The listener of a request.</summary>
    public static ListenerKind Of(HttpContext context) =>
        context.Features.Get<ListenerFeature>()?.Kind ?? ListenerKind.Unknown;
}
