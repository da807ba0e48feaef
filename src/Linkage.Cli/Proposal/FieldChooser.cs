using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Proposal;

/// <summary>Chooses the fields of a schema among the columns: one a meaning, the telling ones first.</summary>
internal static class FieldChooser
{
    // Each filter costs a record 128 bytes a pass; six filters in five passes keep US people within 4.2 KB a record.
    private const int MostFilters = 6;
    private const int MostFields = 8;
    private const string Full = "the fields already chosen tell enough, and each further one makes every record larger";

    // What tells people apart best comes first; the last ones fill what is left.
    private static readonly ColumnMeaning[] Preference =
    [
        ColumnMeaning.GivenName, ColumnMeaning.FamilyName, ColumnMeaning.FullName, ColumnMeaning.BirthDate,
        ColumnMeaning.BirthYear, ColumnMeaning.Sex, ColumnMeaning.Address, ColumnMeaning.Postcode,
        ColumnMeaning.LastFour, ColumnMeaning.Identifier, ColumnMeaning.Phone, ColumnMeaning.Email,
        ColumnMeaning.BirthPlace, ColumnMeaning.Place, ColumnMeaning.State,
    ];

    /// <summary>Decides for every column.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="profiles">Their counts, in the same order.</param>
    /// <returns>One decision a column, in the same order.</returns>
    public static ColumnDecision[] Choose(IReadOnlyList<ProposalColumn> columns, IReadOnlyList<ColumnProfile> profiles)
    {
        ColumnDecision[] decisions = new ColumnDecision[columns.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            ColumnMeaning guess = HeaderGuess.Guess(columns[i].Name);
            (ColumnMeaning meaning, string? leftOut) = ValueCheck.Confirm(guess, profiles[i]);
            decisions[i] = new ColumnDecision(columns[i], meaning, ByValues: meaning != guess, Field: null, leftOut);
        }

        ResolveNames(decisions);
        ResolveDates(decisions);
        HashSet<string> names = new(StringComparer.Ordinal);
        int filters = 0;
        foreach (ColumnMeaning meaning in Preference)
        {
            int[] rivals = [.. Enumerable.Range(0, decisions.Length).Where(i => IsOpen(decisions[i], meaning))];
            if (rivals.Length == 0)
            {
                continue;
            }

            int best = rivals.MaxBy(i => profiles[i].Filled);
            foreach (int other in rivals.Where(i => i != best))
            {
                Leave(decisions, other, $"another column with {ValueCheck.Describe(meaning)} is as full or fuller");
            }

            FieldSchema field = ToField(meaning, FieldNames.Make(columns[best].Name, names));
            filters += field.IsTag ? 0 : 1;
            if (ReasonAgainst(meaning, decisions, filters, names.Count) is { } reason)
            {
                Leave(decisions, best, reason);
                filters -= field.IsTag ? 0 : 1;
                continue;
            }

            names.Add(field.Name);
            decisions[best] = decisions[best] with { Field = field };
        }

        return decisions;
    }

    /// <summary>The chosen columns, in the order of the fields.</summary>
    public static ColumnDecision[] Chosen(IEnumerable<ColumnDecision> decisions) =>
    [
        .. decisions.Where(decision => decision.Field is not null).OrderBy(d => Array.IndexOf(Preference, d.Meaning)),
    ];

    private static bool IsOpen(ColumnDecision decision, ColumnMeaning meaning) =>
        decision.Meaning == meaning && decision.IsOpen;

    private static void Leave(ColumnDecision[] decisions, int index, string reason) =>
        decisions[index] = decisions[index] with { LeftOut = reason };

    private static string? ReasonAgainst(
        ColumnMeaning meaning, ColumnDecision[] decisions, int filters, int fields)
    {
        bool Has(ColumnMeaning other) => decisions.Any(d => d.Field is not null && d.Meaning == other);

        return meaning switch
        {
            ColumnMeaning.BirthYear when Has(ColumnMeaning.BirthDate) => "the date of birth says it already",
            ColumnMeaning.FullName when Has(ColumnMeaning.GivenName) => "it repeats the given and the family name",
            _ => filters > MostFilters || fields >= MostFields ? Full : null,
        };
    }

    // A column "name" beside given names holds family names (German: Name, Vorname).
    private static void ResolveNames(ColumnDecision[] decisions)
    {
        bool given = decisions.Any(d => IsOpen(d, ColumnMeaning.GivenName));
        bool family = decisions.Any(d => IsOpen(d, ColumnMeaning.FamilyName));
        for (int i = 0; i < decisions.Length; i++)
        {
            if (IsOpen(decisions[i], ColumnMeaning.FullName) && given && !family)
            {
                decisions[i] = decisions[i] with { Meaning = ColumnMeaning.FamilyName };
                family = true;
            }
        }
    }

    // Dates that only their values speak for are taken for dates of birth only where there is one such column alone.
    private static void ResolveDates(ColumnDecision[] decisions)
    {
        int[] open =
        [
            .. Enumerable.Range(0, decisions.Length).Where(i => IsOpen(decisions[i], ColumnMeaning.BirthDate)),
        ];
        int[] moved = [.. open.Where(i => decisions[i].ByValues)];
        if (open.Length > moved.Length || moved.Length > 1)
        {
            foreach (int i in moved)
            {
                Leave(decisions, i, "it may be any date; its header does not say that of birth");
            }
        }
    }

    private static FieldSchema ToField(ColumnMeaning meaning, string name) => meaning switch
    {
        ColumnMeaning.GivenName or ColumnMeaning.FullName =>
            FieldSchema.Create(name, FieldKind.Name, FieldRole.GivenName),
        ColumnMeaning.FamilyName => FieldSchema.Create(name, FieldKind.Name, FieldRole.FamilyName),
        ColumnMeaning.BirthDate => FieldSchema.Create(name, FieldKind.Date, FieldRole.BirthDate),
        ColumnMeaning.BirthYear => FieldSchema.Create(name, FieldKind.Number),
        ColumnMeaning.Sex => FieldSchema.Create(name, FieldKind.Sex, FieldRole.Sex),
        ColumnMeaning.Address => FieldSchema.Create(name, FieldKind.Address, FieldRole.Address),
        ColumnMeaning.Postcode => FieldSchema.Create(name, FieldKind.Postcode, FieldRole.Postcode),
        ColumnMeaning.LastFour => FieldSchema.Create(name, FieldKind.Number, FieldRole.LastFour),
        ColumnMeaning.Identifier => FieldSchema.Create(name, FieldKind.Identifier),
        ColumnMeaning.Phone => FieldSchema.Create(name, FieldKind.Phone, FieldRole.Phone),
        ColumnMeaning.Email => FieldSchema.Create(name, FieldKind.Email),
        ColumnMeaning.State => FieldSchema.Create(name, FieldKind.Text) with { Tokens = TokenKind.Exact, Cuts = [] },
        _ => FieldSchema.Create(name, FieldKind.Text),
    };
}
