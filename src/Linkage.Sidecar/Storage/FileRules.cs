namespace Linkage.Sidecar.Storage;

/// <summary>Who may read what holds secrets: the account of the process, and nobody else.</summary>
internal static class FileRules
{
    /// <summary>Mode 0600.</summary>
    public const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Mode 0700.</summary>
    public const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>The fault of a file that others may use.</summary>
    public const string FileIsOpen = "must be readable by its owner alone (chmod 600)";

    /// <summary>The fault of a directory that others may use.</summary>
    public const string DirectoryIsOpen = "must be open to its owner alone (chmod 700)";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>True if anybody but the owner has a right to a file or directory; never on Windows.</summary>
    public static bool OthersMayUse(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
}
