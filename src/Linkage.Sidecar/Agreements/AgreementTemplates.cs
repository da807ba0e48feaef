namespace Linkage.Sidecar.Agreements;

/// <summary>First drafts of agreements, for the parties and their lawyers to complete.</summary>
internal static class AgreementTemplates
{
    /// <summary>Stands where counsel has to name the law; a document that has it cannot be signed.</summary>
    public const string Placeholder = "[to be completed by counsel]";

    private const int DaysInForce = 365;

    /// <summary>The names of the templates.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bilateral", "state", "research"];

    /// <summary>A first draft.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="parties">Who takes part.</param>
    /// <param name="today">The first day.</param>
    public static AgreementDocument Create(string name, IReadOnlyList<AgreementParty> parties, DateOnly today) =>
        name switch
        {
            "bilateral" => Bilateral(Frame(name, parties, today)),
            "state" => Statewide(Frame(name, parties, today)),
            "research" => Research(Frame(name, parties, today)),
            _ => throw new ArgumentException("There is no such template.", nameof(name)),
        };

    /// <summary>Whether counsel has something to complete.</summary>
    public static bool IsIncomplete(AgreementDocument document) =>
        document.Title.Contains(Placeholder, StringComparison.Ordinal)
        || document.Purposes.Any(purpose =>
            purpose.LegalBasis.Citation.Contains(Placeholder, StringComparison.Ordinal)
            || purpose.LegalBasis.Text.Contains(Placeholder, StringComparison.Ordinal));

    private static AgreementDocument Frame(string name, IReadOnlyList<AgreementParty> parties, DateOnly today) => new()
    {
        Format = AgreementDocument.FormatName,
        Id = $"{name}-agreement",
        Version = 1,
        Replaces = null,
        Title = "Agreement on the exchange of records",
        Parties = parties,
        Default = AgreementWords.Deny,
        Purposes = [],
        LookupRules = [],
        Exceptions = [],
        Retention = new AgreementRetention("P365D", "P180D"),
        ResponseDeadline = "P14D",
        ReleaseLifetime = "P30D",
        Effective = today,
        Expires = today.AddDays(DaysInForce - 1),
    };

    private static AgreementDocument Bilateral(AgreementDocument frame) => frame with
    {
        Title = "Pilot of two agencies that serve the same clients",
        Purposes =
        [
            Purpose("care-coordination", "To serve clients of both agencies together",
                AgreementWords.Lookup, AgreementWords.OwnLinkIds),
            Purpose("pilot-evaluation", "To count how many clients the agencies share", AgreementWords.Counts),
        ],
        LookupRules = [Rule("4.1", ["care-coordination"], AgreementWords.Share, AgreementWords.LinkId,
            AgreementWords.Probability)],
    };

    private static AgreementDocument Statewide(AgreementDocument frame) => frame with
    {
        Title = "State-wide agreement under which sharing is the default",
        Default = AgreementWords.Share,
        Purposes =
        [
            Purpose("care-coordination", "To serve clients of several agencies together",
                AgreementWords.Lookup, AgreementWords.OwnLinkIds),
            Purpose("emergency-response", "To find out in an emergency who can help", AgreementWords.Lookup),
            Purpose("eligibility-review", "To check whether a benefit is due", AgreementWords.Lookup),
            Purpose("program-evaluation", "To measure how programs work together",
                AgreementWords.Counts, AgreementWords.PermutationAndMask),
        ],
        LookupRules =
        [
            Rule("4.1", ["care-coordination"], AgreementWords.Share, AgreementWords.LinkId,
                AgreementWords.Probability),
            Rule("4.2", ["emergency-response"], AgreementWords.Share, AgreementWords.LinkId,
                AgreementWords.Probability, AgreementWords.Levels),
            Rule("4.3", ["eligibility-review"], AgreementWords.Ask, AgreementWords.LinkId),
        ],
    };

    private static AgreementDocument Research(AgreementDocument frame) => frame with
    {
        Title = "Research extract without link ids",
        Purposes =
        [
            Purpose("research", "To study clients of several agencies without knowing who they are",
                AgreementWords.Counts, AgreementWords.PermutationAndMask),
        ],
        Retention = new AgreementRetention("P90D", "P365D"),
    };

    private static AgreementPurpose Purpose(string name, string title, params string[] outputs) =>
        new(name, title, new LegalBasis(Placeholder, Placeholder), [AgreementWords.All], outputs);

    private static LookupRule Rule(
        string clause, IReadOnlyList<string> purposes, string answer, params string[] show) =>
        new(clause, [AgreementWords.All], [AgreementWords.All], purposes, answer, show);
}
