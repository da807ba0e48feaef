namespace Linkage.Bloom.Schemas;

/// <summary>One field that the owners agree to encode.</summary>
/// <remarks>Immutable. Whatever is not set takes the default of its <see cref="Kind"/>.</remarks>
public sealed record FieldSchema
{
    /// <summary>
    /// The cut points of corrected similarity below equality, best first: one, two and three typing errors.
    /// </summary>
    public static IReadOnlyList<double> DefaultCuts { get; } = [0.77, 0.68, 0.60];

    /// <summary>Name of the field, unique in its schema: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the field holds.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>What the field means to the passes. Part of the encoding fingerprint.</summary>
    public FieldRole Role { get; init; }

    /// <summary>
    /// How values are cut into tokens. <see cref="TokenKind.Exact"/> makes the field an equality tag.
    /// </summary>
    public TokenKind Tokens { get; init; }

    /// <summary>Length of a q-gram, 1 to 4. Only for <see cref="TokenKind.QGram"/>.</summary>
    public int Q { get; init; } = 2;

    /// <summary>Set bits of the base filter, of 1,024. Ignored for equality tags.</summary>
    public int Weight { get; init; } = 256;

    /// <summary>Words that mean "missing" here, beside those of the built-in tables.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];

    /// <summary>
    /// Name of an earlier field whose keys and masks this field is encoded under, so that equal values of the two give
    /// equal outputs inside a block; null for keys of its own. Part of the encoding fingerprint.
    /// </summary>
    /// <remarks>
    /// Makes levels possible at which the two fields agree crosswise. Both must be cut and weighted alike. The linkage
    /// unit can then also tell how similar the two values of one record are, even of a record alone in its block.
    /// </remarks>
    public string? KeyedAs { get; init; }

    /// <summary>
    /// Cut points of corrected similarity, falling, each between 0 and 1: a pair at or over the first reaches the best
    /// level below equality, and so on. Empty for an equality tag. Part of the linkage fingerprint only.
    /// </summary>
    public IReadOnlyList<double> Cuts { get; init; } = DefaultCuts;

    /// <summary>True when the field travels as an 8-byte equality tag and not as a filter.</summary>
    public bool IsTag => Tokens == TokenKind.Exact;

    /// <summary>Number of comparison levels, from 0 (no agreement) to <c>LevelCount - 1</c> (equal).</summary>
    public int LevelCount => IsTag ? 2 : Cuts.Count + 2;

    // Under which field's name keys are derived.
    internal string KeyName => KeyedAs ?? Name;

    /// <summary>Makes a field with the defaults of its kind.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="role">What it means to the passes.</param>
    /// <returns>The field.</returns>
    public static FieldSchema Create(string name, FieldKind kind, FieldRole role = FieldRole.None)
    {
        TokenKind tokens = DefaultTokens(kind);
        return new FieldSchema
        {
            Name = name,
            Kind = kind,
            Role = role,
            Tokens = tokens,
            Weight = DefaultWeight(kind),
            Cuts = tokens == TokenKind.Exact ? [] : DefaultCuts,
        };
    }

    internal static TokenKind DefaultTokens(FieldKind kind) => kind switch
    {
        FieldKind.Date => TokenKind.DateParts,
        FieldKind.Sex or FieldKind.Number => TokenKind.Exact,
        FieldKind.Phone or FieldKind.Postcode or FieldKind.Identifier => TokenKind.Positional,
        _ => TokenKind.QGram,
    };

    // Digits have few values: a fuller filter keeps the distances of strangers in the noise.
    internal static int DefaultWeight(FieldKind kind) => kind switch
    {
        FieldKind.Date or FieldKind.Postcode or FieldKind.Phone or FieldKind.Number or FieldKind.Identifier => 512,
        _ => 256,
    };

    internal static FieldRole DefaultRole(FieldKind kind) => kind switch
    {
        FieldKind.Date => FieldRole.BirthDate,
        FieldKind.Sex => FieldRole.Sex,
        FieldKind.Postcode => FieldRole.Postcode,
        FieldKind.Address => FieldRole.Address,
        FieldKind.Phone => FieldRole.Phone,
        _ => FieldRole.None,
    };
}
