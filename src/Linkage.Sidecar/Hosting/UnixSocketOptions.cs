namespace Linkage.Sidecar.Hosting;

/// <summary>The unix socket of the process.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Mode">Who may connect: writing is connecting.</param>
internal sealed record UnixSocketOptions(string Path, UnixFileMode Mode)
{
    /// <summary>The mode when none is configured: the owner of the process alone.</summary>
    public const UnixFileMode DefaultMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
}
