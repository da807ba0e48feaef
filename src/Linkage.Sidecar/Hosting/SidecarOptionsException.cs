namespace Linkage.Sidecar.Hosting;

/// <summary>The configuration is wrong; each fault names a member and what it must be, and no value.</summary>
internal sealed class SidecarOptionsException : FormatException
{
    public SidecarOptionsException(string fault)
        : this([fault])
    {
    }

    public SidecarOptionsException(IReadOnlyList<string> faults)
        : base(string.Join('\n', faults))
    {
        Faults = faults;
    }

    /// <summary>All that was found wrong, in the order of the file.</summary>
    public IReadOnlyList<string> Faults { get; }
}
