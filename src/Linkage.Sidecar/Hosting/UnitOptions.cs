namespace Linkage.Sidecar.Hosting;

/// <summary>A linkage unit that an owner's process may send encoded files to, as the configuration has it.</summary>
internal sealed record UnitOptions
{
    /// <summary>What calls name it by.</summary>
    public required string Name { get; init; }

    /// <summary>Its address, https or http, with a port; null if it is reached over a unix socket.</summary>
    public Uri? Address { get; init; }

    /// <summary>The full path of its unix socket; null if it is reached over TCP.</summary>
    public string? Socket { get; init; }

    /// <summary>The authorities that its certificate must come from; PEM. The system's own are not taken.</summary>
    public string? Authority { get; init; }

    /// <summary>The owner's certificate, then its intermediates; PEM.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key of the owner's certificate; PEM, readable by its owner alone.</summary>
    public string? Key { get; init; }

    /// <summary>The file of the owner's bearer token, readable by its owner alone.</summary>
    public string? Token { get; init; }

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one call may take.</summary>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a unit that does not answer is tried again, counted from its last progress.</summary>
    public TimeSpan RetryTime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Files sent at the same time; further ones wait.</summary>
    public int ConcurrentUploads { get; init; } = 4;

    /// <summary>The type's name: where files go and what proves the owner is nobody else's business.</summary>
    public override string ToString() => nameof(UnitOptions);
}
