namespace Linkage.Sidecar.Hosting;

/// <summary>Reads how much of lookups one caller may have.</summary>
internal static class LookupOptionsReader
{
    private const string Member = "lookups";

    /// <summary>Reads the member <c>lookups</c>.</summary>
    public static LookupOptions Read(SettingReader root)
    {
        LookupOptions defaults = new();
        if (root.Section(Member) is not { } section)
        {
            return defaults;
        }

        int Number(string name, int otherwise, long least, long most) =>
            (int)section.Number(name, otherwise, least, most);

        LookupOptions lookups = new()
        {
            PerSecond = Number("perSecond", defaults.PerSecond, 1, 100_000),
            Burst = Number("burst", defaults.Burst, 1, 1_000_000),
            Window = Number("window", defaults.Window, 20, 10_000),
            // Over 100 switches the rule off: no share is larger.
            UnknownPercent = Number("unknownPercent", defaults.UnknownPercent, 1, 101),
            NearIdentical = Number("nearIdentical", defaults.NearIdentical, 2, 10_000),
            ClientsPerCase = Number("clientsPerCase", defaults.ClientsPerCase, 2, 10_000),
            Stop = TimeSpan.FromSeconds(Number("stopSeconds", (int)defaults.Stop.TotalSeconds, 1, 86_400)),
            IdleTime = TimeSpan.FromSeconds(Number("idleSeconds", (int)defaults.IdleTime.TotalSeconds, 1, 604_800)),
            LoadTime = TimeSpan.FromSeconds(Number("loadSeconds", (int)defaults.LoadTime.TotalSeconds, 0, 3600)),
        };
        section.RefuseOthers();
        return lookups;
    }
}
