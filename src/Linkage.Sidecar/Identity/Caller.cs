namespace Linkage.Sidecar.Identity;

/// <summary>Who makes a call.</summary>
internal sealed class Caller
{
    /// <summary>A caller of whom nothing is known.</summary>
    public static readonly Caller Anonymous = new(CallerKind.Anonymous, string.Empty, CallerRoles.None);

    /// <summary>Makes a caller.</summary>
    /// <param name="kind">By what it was recognised.</param>
    /// <param name="name">Its name in the configuration or of its token.</param>
    /// <param name="roles">What it is.</param>
    public Caller(CallerKind kind, string name, CallerRoles roles)
    {
        Kind = kind;
        Name = name;
        Roles = roles;
        Party = roles.HasFlag(CallerRoles.Party) ? name : null;
    }

    /// <summary>By what it was recognised.</summary>
    public CallerKind Kind { get; }

    /// <summary>Its name, by which limits go. Not a party's name unless <see cref="Party"/> is.</summary>
    public string Name { get; }

    /// <summary>The party it speaks for; null for everybody who is not one, whatever their name.</summary>
    public string? Party { get; }

    /// <summary>What it is.</summary>
    public CallerRoles Roles { get; }

    /// <summary>By what it was recognised, and no name.</summary>
    public override string ToString() => $"{Kind} caller";
}
