using System.Net;

namespace Linkage.Sidecar.Hosting;

/// <summary>What an operator decides about the process: the section <c>Sidecar</c>, read and checked.</summary>
/// <param name="Listen">Where the sidecar answers. Always a loopback address; default 127.0.0.1:5055. Port 0 takes
/// any free one, which the log then names.</param>
internal sealed record SidecarOptions(IPEndPoint Listen)
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Sidecar";

    /// <summary>The port when nothing is configured.</summary>
    public const int DefaultPort = 5055;

    /// <summary>The options when nothing is configured.</summary>
    public static SidecarOptions Default { get; } = new(new IPEndPoint(IPAddress.Loopback, DefaultPort));
}
