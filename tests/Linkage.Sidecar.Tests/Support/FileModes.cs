namespace Linkage.Sidecar.Tests.Support;

/// <summary>Who may use a file, where the system has modes.</summary>
internal static class FileModes
{
    public static UnixFileMode Of(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
