using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads how the store of the unit role is encrypted.</summary>
internal static class StoreEncryptionReader
{
    /// <summary>Reads the member <c>store</c>.</summary>
    public static StoreEncryption Read(SettingReader root)
    {
        if (root.Section("store") is not { } section)
        {
            return new StoreEncryption();
        }

        string? path = section.FullPath("keyFile");
        if (path is not null && File.Exists(path) && FileRules.OthersMayUse(path))
        {
            section.Refuse("keyFile", FileRules.FileIsOpen);
        }

        string mode = section.Text("encryption") ?? (path is null ? "off" : "on");
        if (mode is not ("on" or "off"))
        {
            section.Refuse("encryption", "must be on or off");
        }
        else if (mode == "on" && !section.Has("keyFile"))
        {
            section.Refuse("keyFile", "is missing: nothing can be encrypted without a key");
        }

        section.RefuseOthers();
        return new StoreEncryption { KeyFile = path, IsOn = mode == "on" };
    }
}
