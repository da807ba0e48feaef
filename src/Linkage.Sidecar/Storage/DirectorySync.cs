using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Linkage.Sidecar.Storage;

/// <summary>Makes the names in a directory durable.</summary>
/// <remarks>
/// A renamed file survives power loss only when its directory is flushed too. The base library flushes any handle but
/// opens none on a directory, hence the one native call. Windows flushes names with the file and needs nothing.
/// </remarks>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Returns when every name in the directory is on disk.</summary>
    /// <exception cref="IOException">The directory cannot be opened or flushed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle handle = Open(directory, ReadOnly);
        if (handle.IsInvalid)
        {
            Win32Exception cause = new(Marshal.GetLastPInvokeError());
            throw new IOException($"{directory}: the directory cannot be opened to be flushed", cause);
        }

        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
