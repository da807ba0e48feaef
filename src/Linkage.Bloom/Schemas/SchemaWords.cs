namespace Linkage.Bloom.Schemas;

/// <summary>The words of the schema file for the values of its enumerations.</summary>
internal static class SchemaWords
{
    public static readonly (string Word, FieldKind Value)[] Kinds =
    [
        ("text", FieldKind.Text), ("name", FieldKind.Name), ("date", FieldKind.Date), ("sex", FieldKind.Sex),
        ("address", FieldKind.Address), ("phone", FieldKind.Phone), ("postcode", FieldKind.Postcode),
        ("number", FieldKind.Number), ("identifier", FieldKind.Identifier), ("email", FieldKind.Email),
    ];

    public static readonly (string Word, FieldRole Value)[] Roles =
    [
        ("none", FieldRole.None), ("given-name", FieldRole.GivenName), ("family-name", FieldRole.FamilyName),
        ("birth-date", FieldRole.BirthDate), ("sex", FieldRole.Sex), ("postcode", FieldRole.Postcode),
        ("address", FieldRole.Address), ("last-four", FieldRole.LastFour), ("phone", FieldRole.Phone),
    ];

    public static readonly (string Word, TokenKind Value)[] Tokens =
    [
        ("qgram", TokenKind.QGram), ("positional", TokenKind.Positional), ("date-parts", TokenKind.DateParts),
        ("exact", TokenKind.Exact),
    ];

    public static readonly (string Word, ProtectionProfile Value)[] Profiles =
    [
        ("standard", ProtectionProfile.Standard), ("research", ProtectionProfile.Research),
    ];

    public static string WordFor<T>((string Word, T Value)[] table, T value)
        where T : struct, Enum
    {
        foreach ((string word, T candidate) in table)
        {
            if (EqualityComparer<T>.Default.Equals(candidate, value))
            {
                return word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value));
    }

    public static bool TryFind<T>((string Word, T Value)[] table, string word, out T value)
        where T : struct, Enum
    {
        foreach ((string candidate, T candidateValue) in table)
        {
            if (string.Equals(candidate, word, StringComparison.Ordinal))
            {
                value = candidateValue;
                return true;
            }
        }

        value = default;
        return false;
    }

    public static string List<T>((string Word, T Value)[] table)
        where T : struct, Enum
        => string.Join(", ", table.Select(entry => entry.Word));
}
