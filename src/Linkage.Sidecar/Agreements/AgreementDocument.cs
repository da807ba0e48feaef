namespace Linkage.Sidecar.Agreements;

/// <summary>An agreement as its parties write and sign it: the document <c>linkage-agreement/1</c>.</summary>
/// <remarks>Immutable. Made by <see cref="AgreementText"/>, which checks all that the members say.</remarks>
internal sealed record AgreementDocument
{
    /// <summary>What the member <see cref="Format"/> must hold.</summary>
    public const string FormatName = "linkage-agreement/1";

    /// <summary>The document's format and its version.</summary>
    public required string Format { get; init; }

    /// <summary>The name of the agreement, the same in all its versions.</summary>
    public required string Id { get; init; }

    /// <summary>The version, rising from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The digest of the version before; null in the first.</summary>
    public required string? Replaces { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Who agrees.</summary>
    public required IReadOnlyList<AgreementParty> Parties { get; init; }

    /// <summary>What holds where no rule speaks: <c>share</c> or <c>deny</c>.</summary>
    public required string Default { get; init; }

    /// <summary>What for.</summary>
    public required IReadOnlyList<AgreementPurpose> Purposes { get; init; }

    /// <summary>Who may ask about whom.</summary>
    public required IReadOnlyList<LookupRule> LookupRules { get; init; }

    /// <summary>What is forbidden whatever the rules say.</summary>
    public required IReadOnlyList<LookupException> Exceptions { get; init; }

    /// <summary>How long what is kept is kept.</summary>
    public required AgreementRetention Retention { get; init; }

    /// <summary>Within how many days a party answers; an ISO 8601 number of days.</summary>
    public required string ResponseDeadline { get; init; }

    /// <summary>How long a release holds; an ISO 8601 number of days.</summary>
    public required string ReleaseLifetime { get; init; }

    /// <summary>The first day, in UTC.</summary>
    public required DateOnly Effective { get; init; }

    /// <summary>The last day, in UTC.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>The first moment it can be in force.</summary>
    public DateTimeOffset Begin => StartOf(Effective);

    /// <summary>The moment it ends: the first one after the last day.</summary>
    public DateTimeOffset End => StartOf(Expires.AddDays(1));

    /// <summary>The party of a name; null if it is none.</summary>
    public AgreementParty? PartyOf(string name) => Parties.FirstOrDefault(party => party.Name == name);

    /// <summary>The purpose of a name; null if there is none.</summary>
    public AgreementPurpose? PurposeOf(string name) => Purposes.FirstOrDefault(purpose => purpose.Name == name);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
