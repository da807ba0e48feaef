namespace Linkage.Synthetic;

/// <summary>A made-up person as one agency has recorded them; every column is text, empty means missing.</summary>
/// <remarks>Columns whose name begins with <c>truth_</c> are the answer: never encode or compare them.</remarks>
public sealed record SyntheticRecord
{
    private static readonly string[] Columns =
    [
        "rec_id", "first_name", "middle_name", "last_name", "suffix", "dob", "sex", "address", "city", "state", "zip",
        "ssn4", "phone", "truth_person_id", "truth_household_id", "truth_group", "truth_errors",
    ];

    /// <summary>The column names in file order.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } = Array.AsReadOnly(Columns);

    /// <summary>The record's neutral identifier, unique within its agency.</summary>
    public required string RecId { get; init; }

    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Middle name, in full or as an initial, as the agency keeps it.</summary>
    public required string MiddleName { get; init; }

    /// <summary>Family name or names.</summary>
    public required string LastName { get; init; }

    /// <summary>Generation, such as Jr or Sr.</summary>
    public required string Suffix { get; init; }

    /// <summary>Date of birth, <c>yyyy-mm-dd</c>; always a day that exists.</summary>
    public required string Dob { get; init; }

    /// <summary><c>F</c> or <c>M</c>.</summary>
    public required string Sex { get; init; }

    /// <summary>House number, street and unit.</summary>
    public required string Address { get; init; }

    /// <summary>City.</summary>
    public required string City { get; init; }

    /// <summary>Two-letter state.</summary>
    public required string State { get; init; }

    /// <summary>Five-digit ZIP code.</summary>
    public required string Zip { get; init; }

    /// <summary>Last four digits of the social security number.</summary>
    public required string Ssn4 { get; init; }

    /// <summary>Telephone number, <c>nnn-nnn-nnnn</c>.</summary>
    public required string Phone { get; init; }

    /// <summary>The answer: equal for all records of one person.</summary>
    public required string TruthPersonId { get; init; }

    /// <summary>The answer: equal for all members of one household.</summary>
    public required string TruthHouseholdId { get; init; }

    /// <summary>The person's group: white, black, hispanic, asian, native or other.</summary>
    public required string TruthGroup { get; init; }

    /// <summary>The errors of this copy against the person's true state, separated by semicolons.</summary>
    public required string TruthErrors { get; init; }

    /// <summary>The cell of a column, by its place in <see cref="ColumnNames"/>.</summary>
    /// <param name="column">Zero-based column number.</param>
    /// <returns>The text; empty means missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public string GetCell(int column) => column switch
    {
        0 => RecId,
        1 => FirstName,
        2 => MiddleName,
        3 => LastName,
        4 => Suffix,
        5 => Dob,
        6 => Sex,
        7 => Address,
        8 => City,
        9 => State,
        10 => Zip,
        11 => Ssn4,
        12 => Phone,
        13 => TruthPersonId,
        14 => TruthHouseholdId,
        15 => TruthGroup,
        16 => TruthErrors,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    /// <summary>All cells in the order of <see cref="ColumnNames"/>.</summary>
    /// <returns>A new list of as many cells as there are columns.</returns>
    public IReadOnlyList<string> ToCells() => [.. Enumerable.Range(0, Columns.Length).Select(GetCell)];

    /// <summary>The name of the type; no value of the record.</summary>
    /// <returns>A constant.</returns>
    public override string ToString() => nameof(SyntheticRecord);
}
