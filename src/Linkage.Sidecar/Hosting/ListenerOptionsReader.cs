using System.Globalization;
using System.Net;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads where the process answers.</summary>
internal static class ListenerOptionsReader
{
    // Longest path of a unix socket address on Linux, sockaddr_un.sun_path without its final zero.
    private const int LongestSocketPath = 107;

    /// <summary>Reads the member <c>listeners</c>.</summary>
    public static ListenerOptions Read(SettingReader root, SidecarRoles roles)
    {
        if (root.Section("listeners") is not { } section)
        {
            if (!root.Has("listeners"))
            {
                root.Refuse("listeners", "is missing");
            }

            return new ListenerOptions();
        }

        ListenerOptions listeners = new()
        {
            Http2 = section.Loopback("http2"),
            Http1 = section.Loopback("http1"),
            Tls = ReadTls(section.Section("tls")),
            Unix = ReadUnix(section.Section("unix")),
        };
        string[] names = ["http2", "http1", "tls", "unix"];
        if (!names.Any(section.Has))
        {
            root.Refuse("listeners", $"must have one of: {string.Join(", ", names)}");
        }

        if (roles == SidecarRoles.Owner && section.Has("tls"))
        {
            section.Refuse("tls", "is not for the owner role, which sees plaintext and answers this machine alone");
        }

        section.RefuseOthers();
        return listeners;
    }

    private static TlsOptions? ReadTls(SettingReader? section)
    {
        if (section is null)
        {
            return null;
        }

        IPEndPoint? address = Required(section, "address", section.EndPoint("address"));
        string? certificate = Required(section, "certificate", section.ExistingFile("certificate", isSecret: false));
        string? key = Required(section, "key", section.ExistingFile("key", isSecret: true));
        string? authority = Required(
            section, "clientAuthority", section.ExistingFile("clientAuthority", isSecret: false));
        RevokedCertificates revoked = ReadRevoked(section);
        section.RefuseOthers();
        return address is null || certificate is null || key is null || authority is null ? null : new TlsOptions
        {
            Address = address,
            Certificate = certificate,
            Key = key,
            ClientAuthority = authority,
            Revoked = revoked,
        };
    }

    private static RevokedCertificates ReadRevoked(SettingReader section)
    {
        if (RevokedCertificates.TryParse(section.Texts("revoked"), out RevokedCertificates revoked))
        {
            return revoked;
        }

        section.Refuse("revoked", "must be strings sha256:FINGERPRINT or serial:NUMBER, in hexadecimal digits");
        return RevokedCertificates.None;
    }

    private static UnixSocketOptions? ReadUnix(SettingReader? section)
    {
        if (section is null)
        {
            return null;
        }

        string? path = Required(section, "path", section.FullPath("path"));
        UnixFileMode mode = ReadMode(section);
        if (path is not null && System.Text.Encoding.UTF8.GetByteCount(path) > LongestSocketPath)
        {
            section.Refuse("path", string.Create(
                CultureInfo.InvariantCulture, $"must be at most {LongestSocketPath} bytes long as a full path"));
        }
        else if (path is not null && !Directory.Exists(Path.GetDirectoryName(path)))
        {
            section.Refuse("path", "must lie in a directory that exists");
        }

        section.RefuseOthers();
        return path is null ? null : new UnixSocketOptions(path, mode);
    }

    private static UnixFileMode ReadMode(SettingReader section)
    {
        const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        string? text = section.Text("mode");
        if (text is null)
        {
            return UnixSocketOptions.DefaultMode;
        }

        if (text.Length == 4 && text[0] == '0' && text.All(digit => digit is >= '0' and <= '7'))
        {
            UnixFileMode mode = (UnixFileMode)Convert.ToInt32(text, fromBase: 8);
            if ((mode & UnixFileMode.UserWrite) != 0 && (mode & Everybody) == 0)
            {
                return mode;
            }
        }

        section.Refuse("mode", "must be \"0600\" or \"0660\", or the like: four octal digits, nothing for everybody");
        return UnixSocketOptions.DefaultMode;
    }

    private static T? Required<T>(SettingReader section, string name, T? value)
        where T : class
    {
        if (value is null && !section.Has(name))
        {
            section.Refuse(name, "is missing");
        }

        return value;
    }
}
