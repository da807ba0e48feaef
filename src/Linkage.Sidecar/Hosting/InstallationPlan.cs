namespace Linkage.Sidecar.Hosting;

/// <summary>What a new installation is for.</summary>
internal sealed record InstallationPlan
{
    /// <summary>The agencies that take part.</summary>
    public required IReadOnlyList<string> Parties { get; init; }

    /// <summary>Names and addresses of the server besides those of this machine.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What the process does.</summary>
    public required SidecarRoles Roles { get; init; }
}
