using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Unit.Retention;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Hosting;

/// <summary>What an operator decides about the process: the file <c>sidecar.json</c>, read and checked.</summary>
internal sealed record SidecarOptions
{
    /// <summary>True allows both roles in one process; never for data of real people.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>What the process does.</summary>
    public required SidecarRoles Roles { get; init; }

    /// <summary>Where it answers.</summary>
    public required ListenerOptions Listeners { get; init; }

    /// <summary>Where its files are.</summary>
    public DirectoryOptions Directories { get; init; } = new();

    /// <summary>Who may call, and by which credential.</summary>
    public IReadOnlyList<Principal> Principals { get; init; } = [];

    /// <summary>How bearer tokens are kept.</summary>
    public TokenOptions Tokens { get; init; } = new();

    /// <summary>The units that an owner's process may send encoded files to.</summary>
    public IReadOnlyList<UnitOptions> Units { get; init; } = [];

    /// <summary>What one caller may take.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Where figures and traces go.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>What is logged.</summary>
    public LoggingOptions Logging { get; init; } = new();

    /// <summary>How long uploads are waited for.</summary>
    public UploadOptions Uploads { get; init; } = new();

    /// <summary>Whether projects need agreements.</summary>
    public AgreementOptions Agreements { get; init; } = new();

    /// <summary>How much of lookups a caller may have.</summary>
    public LookupOptions Lookups { get; init; } = new();

    /// <summary>How the store of the unit role is encrypted.</summary>
    public StoreEncryption Encryption { get; init; } = new();

    /// <summary>How long things are kept where no agreement says less.</summary>
    public RetentionTerms Retention { get; init; } = new(Encodings: null, Results: null, Clause: string.Empty);

    /// <summary>How long calls under way may take to finish once the process is told to stop.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The type's name: names of people who may call are nobody else's business.</summary>
    public override string ToString() => nameof(SidecarOptions);
}
