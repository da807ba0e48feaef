namespace Linkage.Cli.Review;

/// <summary>A row of pairs.csv.</summary>
/// <param name="Cells">The eight cells as they are written.</param>
/// <param name="Weight">The match weight in bits.</param>
/// <param name="Probability">The match probability.</param>
internal sealed record PairRow(IReadOnlyList<string> Cells, double Weight, double Probability)
{
    /// <summary>The word of a match.</summary>
    public const string Match = "match";

    /// <summary>The word of a possible match.</summary>
    public const string Possible = "possible";

    /// <summary>The word of a non-match.</summary>
    public const string NonMatch = "non-match";

    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "left_party", "left_handle", "right_party", "right_handle", "weight", "probability", "decision", "pattern",
    ];

    /// <summary>The party of the left record.</summary>
    public string LeftParty => Cells[0];

    /// <summary>The handle of the left record.</summary>
    public string LeftHandle => Cells[1];

    /// <summary>The party of the right record.</summary>
    public string RightParty => Cells[2];

    /// <summary>The handle of the right record.</summary>
    public string RightHandle => Cells[3];

    /// <summary>What was decided: <see cref="Match"/>, <see cref="Possible"/> or <see cref="NonMatch"/>.</summary>
    public string Decision => Cells[6];

    /// <summary>A character a comparison.</summary>
    public string Pattern => Cells[7];

    /// <summary>Nothing: handles are for lists of handles only.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(PairRow);
}
