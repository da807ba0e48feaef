namespace Linkage.Sidecar.Hosting;

/// <summary>The configuration is wrong; the message says which setting and what it must be.</summary>
internal sealed class SidecarOptionsException : FormatException
{
    public SidecarOptionsException(string message)
        : base(message)
    {
    }

    public SidecarOptionsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
