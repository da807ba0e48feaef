using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>What the agreement says to a question. All of it is safe to send to the asking party.</summary>
internal sealed record DisclosureRuling
{
    /// <summary>Why not; <see cref="ErrorReason.Unspecified"/> if it is allowed.</summary>
    public ErrorReason Refusal { get; init; }

    /// <summary>Whether the answer may leave.</summary>
    public bool IsAllowed => Refusal == ErrorReason.Unspecified;

    /// <summary>The clause that decided; empty if none speaks of it.</summary>
    public string Clause { get; init; } = "";

    /// <summary>The law the clause, or the party's refusal, cites; empty if none.</summary>
    public string Citation { get; init; } = "";

    /// <summary>A sentence for people; empty if it is allowed.</summary>
    public string Message { get; init; } = "";

    /// <summary>What may be shown of a match.</summary>
    public ShownParts Shown { get; init; }

    /// <summary>The digest of the agreement in force; empty if there is none.</summary>
    public string AgreementDigest { get; init; } = "";

    /// <summary>The request for release that decides, or that is waited for; empty if there is none.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Until when an answer to the request is due; null without a request.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether that time is over.</summary>
    public bool IsOverdue { get; init; }
}
