using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>All versions of a project's agreement, read and verified. Immutable.</summary>
/// <remarks>Signatures are verified again whenever a book is made: a row of the store is not taken for one.</remarks>
internal sealed class AgreementBook
{
    private AgreementBook(AgreementFacts facts, IReadOnlyList<string> usedFields, IReadOnlyList<AgreementEntry> entries)
    {
        Facts = facts;
        UsedFields = usedFields;
        Entries = entries;
    }

    /// <summary>What was read.</summary>
    public AgreementFacts Facts { get; }

    /// <summary>The fields that the project's schema has; none before there are terms.</summary>
    public IReadOnlyList<string> UsedFields { get; }

    /// <summary>The versions, in the order in which they were proposed.</summary>
    public IReadOnlyList<AgreementEntry> Entries { get; }

    /// <summary>The version that was proposed last; null if there is none.</summary>
    public AgreementEntry? Newest => Entries is [.., { } last] ? last : null;

    /// <summary>Makes the book of a project.</summary>
    /// <param name="facts">What the store has.</param>
    /// <param name="before">The book before, which spares reading again what has not changed; null if there is
    /// none.</param>
    public static AgreementBook Of(AgreementFacts facts, AgreementBook? before)
    {
        HashSet<string> withdrawn = new(facts.Withdrawals.Keys, StringComparer.Ordinal);
        if (facts.Project is { } project)
        {
            withdrawn.UnionWith(
                project.Parties.Where(party => party.State == PartyState.Withdrawn).Select(party => party.Name));
        }

        IReadOnlyList<string> fields = facts.Versions.Count == 0 ? [] : FieldsOf(facts.Project?.Terms, before);
        List<AgreementEntry> entries = [];
        foreach (AgreementVersion version in facts.Versions)
        {
            AgreementEntry? known = before?.Entries.FirstOrDefault(entry => entry.Stored.Digest == version.Digest);
            AgreementText text = known?.Standing.Text ?? AgreementText.Read(Encoding.UTF8.GetBytes(version.DocumentText));
            entries.Add(new AgreementEntry(version, new AgreementStanding
            {
                Text = text,
                Signed = known is not null && known.Stored.Signatures.SequenceEqual(version.Signatures)
                    ? known.Standing.Signed
                    : Verify(text, version.Signatures),
                Withdrawn = withdrawn,
                UsedFields = fields,
            }));
        }

        return new AgreementBook(facts, fields, [.. entries.Select((entry, i) => WithSuccessor(entry, entries, i))]);
    }

    /// <summary>The version in force at a time; null if there is none.</summary>
    public AgreementEntry? InForceAt(DateTimeOffset now) =>
        Entries.LastOrDefault(entry => entry.Standing.PhaseAt(now) == AgreementPhase.Active);

    /// <summary>
    /// The version that decides at a time: the one in force; else the last one signed by all, else the last one, for
    /// they say why nothing is allowed. Null if there is none.
    /// </summary>
    public AgreementEntry? DecidingAt(DateTimeOffset now) =>
        InForceAt(now) ?? Entries.LastOrDefault(entry => entry.Standing.IsSignedByAll) ?? Newest;

    // A proposal gives way to any later one, what every party has signed only to what every party has signed.
    private static AgreementEntry WithSuccessor(AgreementEntry entry, List<AgreementEntry> all, int place)
    {
        AgreementEntry[] later = [.. all.Skip(place + 1)];
        DateTimeOffset? from = entry.Standing.IsSignedByAll
            ? later.Where(other => other.Standing.IsSignedByAll)
                .Min(other => (DateTimeOffset?)other.Standing.Text.Document.Begin)
            : later.Length > 0 ? DateTimeOffset.MinValue : null;
        return entry with { Standing = entry.Standing with { ReplacedFrom = from } };
    }

    private static HashSet<string> Verify(AgreementText text, IReadOnlyList<StoredSignature> signatures)
    {
        HashSet<string> signed = new(StringComparer.Ordinal);
        foreach (StoredSignature stored in signatures)
        {
            AgreementSignature signature = AgreementSigning.Read(Encoding.UTF8.GetBytes(stored.Text));
            if (signature.Party == stored.Party && AgreementSigning.IsValid(text, signature))
            {
                signed.Add(stored.Party);
            }
        }

        return signed;
    }

    private static IReadOnlyList<string> FieldsOf(ProjectTerms? terms, AgreementBook? before)
    {
        if (terms is null)
        {
            return [];
        }

        return before is { UsedFields.Count: > 0 } && before.Facts.Project?.Terms?.SchemaText == terms.SchemaText
            ? before.UsedFields
            : [.. LinkageSchema.Parse(Encoding.UTF8.GetBytes(terms.SchemaText)).Fields.Select(field => field.Name)];
    }
}
