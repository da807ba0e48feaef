using System.Collections.Frozen;

namespace Linkage.Sidecar.Services;

/// <summary>The names and sentences of the rules, as <c>docs/access.md</c> has them.</summary>
internal static class AccessRules
{
    private static readonly FrozenDictionary<AccessRule, (string Name, string Sentence)> Texts =
        new Dictionary<AccessRule, (string Name, string Sentence)>
        {
            [AccessRule.Unlisted] = ("unlisted", "What has no row here is denied to everybody."),
            [AccessRule.NotIdentified] = ("not-identified", "Who is not identified can call nothing."),
            [AccessRule.OwnerSide] = (
                "owner-side", "Plaintext and keys are the owner's: nobody else calls the owner's process."),
            [AccessRule.UnitDecides] = (
                "unit-decides", "Projects, invitations and runs are the analyst's work, not a party's."),
            [AccessRule.PartyDecides] = (
                "party-decides", "A party's approval and a party's files are its own: nobody acts in its place."),
            [AccessRule.NothingOfOthers] = (
                "nothing-of-others", "It would tell a party something of another party's records."),
            [AccessRule.ToThePartyAlone] = (
                "to-the-party-alone", "What is said of a party's records is said to that party alone."),
            [AccessRule.OperatorKeepsOut] = (
                "operator-keeps-out", "The operator keeps the process running and takes no part in projects."),
            [AccessRule.OperatorNoResults] = ("operator-no-results", "The operator never sees results."),
            [AccessRule.AuditorReadsFacts] = (
                "auditor-reads-facts", "The auditor looks at facts, changes nothing and sees no results."),
            [AccessRule.OperatorOnly] = ("operator-only", "The process is the operator's concern."),
            [AccessRule.OwnProcess] = ("own-process", "The caller is the owner whose process this is."),
            [AccessRule.NewProject] = ("new-project", "The caller becomes a member of the new project."),
            [AccessRule.OwnProject] = (
                "own-project", "The caller is a member; another's project is answered as one that does not exist."),
            [AccessRule.Itself] = ("itself", "The caller acts in its own name, and on what is its own, only."),
            [AccessRule.OwnUploads] = (
                "own-uploads", "The caller is a member party, and the upload is its own."),
            [AccessRule.OwnRecords] = (
                "own-records",
                "The caller is a member party, is told of its own records only, and the terms agree on this output."),
            [AccessRule.AgreedOutput] = (
                "agreed-output", "The caller is a member analyst, and the terms give this output to the analyst."),
            [AccessRule.FactsOnly] = (
                "facts-only", "Facts about every project and the process, never contents or results."),
            [AccessRule.Operates] = (
                "operates", "Needed to keep the process running; no contents or results come of it."),
            [AccessRule.NoWayToResults] = (
                "no-way-to-results",
                "For the caller itself, and for operators and auditors, who see no results either."),
            [AccessRule.AuditorsWork] = (
                "auditors-work", "What happened is told to auditors, and to each party what concerns it."),
            [AccessRule.AgreedPurpose] = (
                "agreed-purpose",
                "The caller is a member party, and each party asked answers as the agreement lets it for the purpose."),
            [AccessRule.OwnEntries] = (
                "own-entries", "Entries that the caller made, or that disclose records of the caller."),
        }.ToFrozenDictionary();

    /// <summary>The short name of a rule in the table.</summary>
    public static string Name(AccessRule rule) => Texts[rule].Name;

    /// <summary>What the rule says; safe to send to the caller.</summary>
    public static string Sentence(AccessRule rule) => Texts[rule].Sentence;
}
