namespace Linkage.Sidecar.Storage;

/// <summary>Several parties that link their records under common terms.</summary>
/// <param name="Id">Random; 32 hex digits.</param>
/// <param name="Name">What people call it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="TermsVersion">Number of the terms in force; 0 before any were proposed.</param>
/// <param name="Terms">The terms in force; null before any were proposed, or after a withdrawal.</param>
/// <param name="Parties">All parties it ever had, as they were invited.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record Project(
    string Id,
    string Name,
    ProjectState State,
    int TermsVersion,
    ProjectTerms? Terms,
    IReadOnlyList<Party> Parties,
    DateTimeOffset CreatedAt)
{
    /// <summary>The analyst who made it; empty if nobody is known to have.</summary>
    public string CreatedBy { get; init; } = string.Empty;

    /// <summary>When it changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was deleted; null unless only its name and times remain.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>What its runs have come to.</summary>
    public ProjectWork Work { get; init; }

    /// <summary>Who proposed the terms in force; empty before.</summary>
    public string ProposedBy { get; init; } = string.Empty;

    /// <summary>When the terms in force were proposed; null before.</summary>
    public DateTimeOffset? ProposedAt { get; init; }
}
