using System.Diagnostics;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Faults.Support;

/// <summary>A test that needs a small file system of its own; skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(TryMount);

    public SmallDiskFactAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "File systems cannot be mounted here.";
        }
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("unshare", ["-rm", "sh", "-c", SmallDisk.Mount(folder.Path)])
        {
            RedirectStandardError = true,
        };
        using Process shell = Process.Start(start)!;
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
