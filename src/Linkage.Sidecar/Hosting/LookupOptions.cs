namespace Linkage.Sidecar.Hosting;

/// <summary>How much of lookups one caller may have, and from where on its lookups look like probing.</summary>
internal sealed record LookupOptions
{
    /// <summary>Records a second that a caller may look up, on average.</summary>
    public int PerSecond { get; init; } = 50;

    /// <summary>Records that a caller may look up at once after a quiet time; also the most of one batch.</summary>
    public int Burst { get; init; } = 1000;

    /// <summary>The caller's last lookups that are looked at.</summary>
    public int Window { get; init; } = 200;

    /// <summary>From this share of a full window on, lookups that find nothing look like probing, in percent.</summary>
    public int UnknownPercent { get; init; } = 95;

    /// <summary>From so many lookups of a window on that differ from another one in little, they look like
    /// probing.</summary>
    public int NearIdentical { get; init; } = 20;

    /// <summary>From so many different clients on under one case reference in an hour, they look like
    /// probing.</summary>
    public int ClientsPerCase { get; init; } = 150;

    /// <summary>How long the caller's lookups are stopped.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a project stays in memory that nobody asks about.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a call waits at most for a project that is being read in.</summary>
    public TimeSpan LoadTime { get; init; } = TimeSpan.FromSeconds(10);
}
