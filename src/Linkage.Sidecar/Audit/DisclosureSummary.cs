using Linkage.V1;

namespace Linkage.Sidecar.Audit;

/// <summary>Sums up what a party's records disclosed in a span of time. Not thread-safe.</summary>
internal sealed class DisclosureSummary
{
    /// <summary>The count of an entry that says how many records it is about.</summary>
    public const string RecordsCount = "records";

    private readonly string _party;
    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;
    private readonly Dictionary<DisclosureKey, DisclosureRow> _rows = [];

    /// <summary>Sums up.</summary>
    /// <param name="party">Whose records.</param>
    /// <param name="start">From when on.</param>
    /// <param name="end">Until before when.</param>
    public DisclosureSummary(string party, DateTimeOffset start, DateTimeOffset end)
    {
        _party = party;
        _start = start;
        _end = end;
    }

    /// <summary>The rows, in the order of what they have in common.</summary>
    public IReadOnlyList<DisclosureRow> Rows =>
    [
        .. _rows.Values
            .OrderBy(row => row.Key.ProjectId, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Recipient, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Action, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Purpose, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Clause, StringComparer.Ordinal),
    ];

    /// <summary>Counts an entry, if it is one of the party's disclosures or refusals in the span.</summary>
    public void Add(AuditRecord record)
    {
        AuditEvent entry = record.Event;
        bool isDisclosure = entry.Kind == AuditKind.Disclosure;
        if (entry.SubjectParty != _party || record.Time < _start || record.Time >= _end
            || !(isDisclosure || entry.Kind == AuditKind.Refusal))
        {
            return;
        }

        DisclosureKey key = new(entry.ProjectId, entry.Actor, entry.Action, entry.Purpose, entry.Clause);
        DisclosureRow row = _rows.GetValueOrDefault(key) ?? new DisclosureRow(key, 0, 0, 0);
        _rows[key] = isDisclosure
            ? row with
            {
                Answers = row.Answers + 1,
                Records = row.Records + entry.Counts.GetValueOrDefault(RecordsCount),
            }
            : row with { Refusals = row.Refusals + 1 };
    }
}
