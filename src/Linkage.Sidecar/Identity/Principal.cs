namespace Linkage.Sidecar.Identity;

/// <summary>Somebody whom the configuration knows, and the credentials that show it.</summary>
/// <param name="Name">The party's name, or that of the person or system.</param>
/// <param name="Role">Exactly one role: an operator who is also a party could see results.</param>
internal sealed record Principal(string Name, CallerRoles Role)
{
    private const int LongestName = 64;

    /// <summary>SHA-256 fingerprints of its client certificates, lower-case hexadecimal.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Common names of its client certificates: whatever the authority signs with one of them.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Accounts of this machine that are it on the unix socket.</summary>
    public IReadOnlyList<uint> UserIds { get; init; } = [];

    /// <summary>True for a name that an encoded file may carry as its party.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>The type's name: who may call is nobody else's business.</summary>
    public override string ToString() => nameof(Principal);
}
