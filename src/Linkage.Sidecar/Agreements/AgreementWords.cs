namespace Linkage.Sidecar.Agreements;

/// <summary>The words of <c>linkage-agreement/1</c> that have a meaning of their own.</summary>
internal static class AgreementWords
{
    /// <summary>Everybody, every purpose, every field.</summary>
    public const string All = "*";

    /// <summary>The answer is given without being asked for again.</summary>
    public const string Share = "share";

    /// <summary>The party has to release the answer first.</summary>
    public const string Ask = "ask";

    /// <summary>Nothing is told where no rule speaks.</summary>
    public const string Deny = "deny";

    /// <summary>The output of live questions, one record at a time.</summary>
    public const string Lookup = "lookup";

    /// <summary>The output of link ids to each party for its own records.</summary>
    public const string OwnLinkIds = "ownLinkIds";

    /// <summary>The output of groups to the analyst.</summary>
    public const string Groups = "groups";

    /// <summary>The output of a place for each record and a mask.</summary>
    public const string PermutationAndMask = "permutationAndMask";

    /// <summary>The output of counts.</summary>
    public const string Counts = "counts";

    /// <summary>Shows the link id.</summary>
    public const string LinkId = "linkId";

    /// <summary>Shows the probability.</summary>
    public const string Probability = "probability";

    /// <summary>Shows the levels of agreement.</summary>
    public const string Levels = "levels";

    /// <summary>The clause of an answer that the member <c>default</c> gives.</summary>
    public const string DefaultClause = "default";

    /// <summary>The clause of an answer about the asking party's own records.</summary>
    public const string OwnRecordsClause = "own-records";

    /// <summary>All outputs.</summary>
    public static IReadOnlyList<string> Outputs { get; } = [Lookup, OwnLinkIds, Groups, PermutationAndMask, Counts];

    /// <summary>All that can be shown of a match.</summary>
    public static IReadOnlyList<string> Shown { get; } = [LinkId, Probability, Levels];

    /// <summary>Whether a list names something, by itself or by the word for everything.</summary>
    public static bool Names(IReadOnlyList<string> list, string name) =>
        list is [All] || list.Contains(name, StringComparer.Ordinal);
}
