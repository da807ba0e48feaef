using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads the units that an owner's process may send encoded files to.</summary>
internal static class UnitOptionsReader
{
    private const string Member = "units";
    private const string SocketPrefix = "unix:";

    /// <summary>Reads the member <c>units</c>.</summary>
    public static IReadOnlyList<UnitOptions> Read(SettingReader root, SidecarRoles roles)
    {
        if (root.Section(Member) is not { } section)
        {
            return [];
        }

        if (!roles.HasFlag(SidecarRoles.Owner) && !root.IsRefused("roles"))
        {
            root.Refuse(Member, "is for the owner role, which sends encoded files to them");
        }

        List<UnitOptions> units = [];
        foreach (string name in section.Names())
        {
            if (!Principal.IsName(name))
            {
                section.Refuse(name, "must have a name of 1 to 64 letters, digits, '_' or '-'");
            }
            else if (section.Section(name) is { } unit)
            {
                units.Add(ReadOne(name, unit));
            }
        }

        return units;
    }

    private static UnitOptions ReadOne(string name, SettingReader section)
    {
        (Uri? address, string? socket) = ReadAddress(section);
        UnitOptions defaults = new() { Name = name };
        UnitOptions unit = new()
        {
            Name = name,
            Address = address,
            Socket = socket,
            Authority = section.ExistingFile("authority", isSecret: false),
            Certificate = section.ExistingFile("certificate", isSecret: false),
            Key = section.ExistingFile("key", isSecret: true),
            Token = section.ExistingFile("token", isSecret: true),
            ConnectTime = Seconds(section, "connectSeconds", defaults.ConnectTime, 1),
            CallTime = Seconds(section, "callSeconds", defaults.CallTime, 1),
            RetryTime = Seconds(section, "retrySeconds", defaults.RetryTime, 0),
            ConcurrentUploads = (int)section.Number("concurrentUploads", defaults.ConcurrentUploads, 1, 100),
        };
        if (address is not null || socket is not null)
        {
            CheckTrust(section, unit);
            CheckCredentials(section, unit);
        }

        section.RefuseOthers();
        return unit;
    }

    private static (Uri? Address, string? Socket) ReadAddress(SettingReader section)
    {
        const string Rule = "must be https://HOST:PORT, http://127.0.0.1:PORT or unix:PATH, and nothing after it";
        bool mayBeOpen = section.Flag("allowUnencrypted", otherwise: false);
        string? text = section.Text("address");
        if (text is null)
        {
            section.Refuse("address", "is missing");
            return default;
        }

        if (text.StartsWith(SocketPrefix, StringComparison.Ordinal) && text.Length > SocketPrefix.Length
            && !text.Contains('\0', StringComparison.Ordinal))
        {
            return (null, section.FullPathOf(text[SocketPrefix.Length..]));
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || !IsBare(address))
        {
            section.Refuse("address", Rule);
            return default;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !mayBeOpen)
        {
            section.Refuse("address", "must be https unless it is on this machine, or allowUnencrypted is true");
        }

        return (address, null);
    }

    private static bool IsBare(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.Host.Length > 0 && address.PathAndQuery == "/"
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0;

    private static void CheckTrust(SettingReader section, UnitOptions unit)
    {
        bool isEncrypted = unit.Address is { } address && address.Scheme == Uri.UriSchemeHttps;
        if (isEncrypted && !section.Has("authority"))
        {
            section.Refuse("authority", "is missing: the system's own authorities are not taken");
        }

        foreach (string name in new[] { "authority", "certificate", "key" })
        {
            if (!isEncrypted && section.Has(name))
            {
                section.Refuse(name, "is for an https address");
            }
        }
    }

    private static void CheckCredentials(SettingReader section, UnitOptions unit)
    {
        if (section.Has("certificate") != section.Has("key"))
        {
            section.Refuse(section.Has("key") ? "certificate" : "key", "is missing: the two go together");
        }

        if (unit.Address is not null && !section.Has("certificate") && !section.Has("token"))
        {
            section.Refuse("token", "is missing: only on a unix socket is an owner known without certificate or token");
        }
    }

    private static TimeSpan Seconds(SettingReader section, string name, TimeSpan otherwise, long least) =>
        TimeSpan.FromSeconds(section.Number(name, (long)otherwise.TotalSeconds, least, 86_400));
}
