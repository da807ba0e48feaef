namespace Linkage.Sidecar.Storage;

/// <summary>Several parties that link their records under common terms.</summary>
/// <param name="Id">Random; 32 hex digits.</param>
/// <param name="Name">What people call it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="TermsVersion">Number of the terms in force; 0 before any were proposed.</param>
/// <param name="Terms">The terms in force; null before any were proposed.</param>
/// <param name="Parties">All parties it ever had, by name.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record Project(
    string Id,
    string Name,
    ProjectState State,
    int TermsVersion,
    ProjectTerms? Terms,
    IReadOnlyList<Party> Parties,
    DateTimeOffset CreatedAt);
