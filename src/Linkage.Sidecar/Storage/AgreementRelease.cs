namespace Linkage.Sidecar.Storage;

/// <summary>A request that a party release its answer, for one case and purpose.</summary>
internal sealed record AgreementRelease
{
    /// <summary>Random; 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The version under which it was asked; a release is none under another.</summary>
    public required string AgreementDigest { get; init; }

    /// <summary>Who asks.</summary>
    public required string AskingParty { get; init; }

    /// <summary>Who is asked.</summary>
    public required string AskedParty { get; init; }

    /// <summary>What for.</summary>
    public required string Purpose { get; init; }

    /// <summary>The asking party's own reference of the case.</summary>
    public required string CaseReference { get; init; }

    /// <summary>How far it is.</summary>
    public ReleaseState State { get; init; }

    /// <summary>The clause or law a refusal rests on; empty unless it was refused.</summary>
    public string Citation { get; init; } = string.Empty;

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when an answer is due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was answered; null before.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Until when a release holds; null unless it was released.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
