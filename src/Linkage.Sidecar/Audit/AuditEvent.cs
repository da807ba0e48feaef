using Linkage.V1;

namespace Linkage.Sidecar.Audit;

/// <summary>Something that has to be in the audit log; names, references and counts, never a value.</summary>
internal sealed record AuditEvent
{
    /// <summary>The count that has the number of the act in the store, so that no act has two entries.</summary>
    public const string ActCount = "act";

    /// <summary>What it is about.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>The call or the event, such as <c>LookupService/Lookup</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The name of the identity that did it; empty for the process itself.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The project; empty if it is about none.</summary>
    public string ProjectId { get; init; } = "";

    /// <summary>The party whose records it is about; empty if it is about none or all.</summary>
    public string SubjectParty { get; init; } = "";

    /// <summary>The asking agency's own reference of the case; empty if none was given.</summary>
    public string CaseReference { get; init; } = "";

    /// <summary>The purpose; empty if none was given.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The clause of the agreement that decided; empty if none did.</summary>
    public string Clause { get; init; } = "";

    /// <summary>The digest of the agreement in force; empty if there was none.</summary>
    public string AgreementDigest { get; init; } = "";

    /// <summary>What came of it: <c>ok</c>, or the name of a value of <see cref="ErrorReason"/>.</summary>
    public string Outcome { get; init; } = "ok";

    /// <summary>When it was; null if that is when it is written.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Numbers by name.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>The same with the number of an act of the store among its counts.</summary>
    public AuditEvent OfAct(long act) => this with
    {
        Counts = new Dictionary<string, long>(Counts) { [ActCount] = act },
    };
}
