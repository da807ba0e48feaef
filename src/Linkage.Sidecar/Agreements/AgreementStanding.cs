namespace Linkage.Sidecar.Agreements;

/// <summary>A version of an agreement, with what its parties have done about it. Immutable.</summary>
internal sealed record AgreementStanding
{
    /// <summary>What it says.</summary>
    public required AgreementText Text { get; init; }

    /// <summary>The parties whose signature was verified.</summary>
    public required IReadOnlySet<string> Signed { get; init; }

    /// <summary>The parties that have withdrawn.</summary>
    public required IReadOnlySet<string> Withdrawn { get; init; }

    /// <summary>From when on another version is in its place; null if there is none.</summary>
    public DateTimeOffset? ReplacedFrom { get; init; }

    /// <summary>The fields that the project compares; a purpose that may not use one of them allows nothing.</summary>
    public IReadOnlyList<string> UsedFields { get; init; } = [];

    /// <summary>Whether every party has signed, those included that have withdrawn since.</summary>
    public bool IsSignedByAll => Text.Document.Parties.All(party => Signed.Contains(party.Name));

    /// <summary>How far it is at a time.</summary>
    public AgreementPhase PhaseAt(DateTimeOffset now) => this switch
    {
        _ when ReplacedFrom <= now => AgreementPhase.Replaced,
        _ when Text.Document.Parties.Count(party => !Withdrawn.Contains(party.Name)) < 2 => AgreementPhase.Withdrawn,
        _ when now >= Text.Document.End => AgreementPhase.Expired,
        _ when IsSignedByAll => now < Text.Document.Begin ? AgreementPhase.Signed : AgreementPhase.Active,
        _ => Text.Document.Parties.Any(party => Signed.Contains(party.Name))
            ? AgreementPhase.PartlySigned
            : AgreementPhase.Draft,
    };

    /// <summary>Whether a party takes part: it is named, and has not withdrawn.</summary>
    public bool Includes(string party) => Text.Document.PartyOf(party) is not null && !Withdrawn.Contains(party);
}
