namespace Linkage.Sidecar.Hosting;

/// <summary>Through which listener a connection came; a feature of every connection.</summary>
internal enum ListenerKind
{
    /// <summary>None of ours.</summary>
    Unknown = 0,

    /// <summary>A loopback port without encryption.</summary>
    Loopback = 1,

    /// <summary>The port with mutual TLS.</summary>
    Tls = 2,

    /// <summary>The unix socket.</summary>
    Unix = 3,

    /// <summary>The loopback port that answers with figures, and with nothing else.</summary>
    Prometheus = 4,
}
