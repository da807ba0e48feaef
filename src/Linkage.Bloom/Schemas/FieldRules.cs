namespace Linkage.Bloom.Schemas;

/// <summary>Rules for the fields of a schema.</summary>
internal static class FieldRules
{
    public const string TruthPrefix = "truth_";

    private const int MaxMissingWords = 100;

    public static void Check(LinkageSchema schema)
    {
        SchemaRules.Require(
            schema.Fields.Count is >= 1 and <= SchemaLimits.MaxFields,
            "fields",
            $"there must be 1 to {SchemaLimits.MaxFields}");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var roles = new HashSet<FieldRole>();
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            FieldSchema field = schema.Fields[i];
            string place = $"fields[{i}]";
            CheckName(field.Name, place, names);
            CheckRole(field, place, roles);
            CheckTokens(field, place);
            CheckKeyedAs(schema, i, $"{place}.keyedAs");
            CheckCuts(field, place);
        }
    }

    private static void CheckName(string name, string place, HashSet<string> names)
    {
        SchemaRules.RequireName(name, $"{place}.name");
        SchemaRules.Require(names.Add(name), $"{place}.name", "stands twice");
        SchemaRules.Require(!KeyPart.TryParseKind(name, out _), $"{place}.name", "is the name of a derivation");
        SchemaRules.Require(
            !name.StartsWith(TruthPrefix, StringComparison.OrdinalIgnoreCase),
            $"{place}.name",
            "columns with the answers are never encoded");
    }

    private static void CheckRole(FieldSchema field, string place, HashSet<FieldRole> roles)
    {
        if (field.Role == FieldRole.None)
        {
            return;
        }

        SchemaRules.Require(roles.Add(field.Role), $"{place}.role", "another field has this role");
        bool fits = field.Role switch
        {
            FieldRole.GivenName or FieldRole.FamilyName => field.Kind == FieldKind.Name,
            FieldRole.BirthDate => field.Kind == FieldKind.Date,
            FieldRole.Sex => field.Kind == FieldKind.Sex,
            FieldRole.Postcode => field.Kind == FieldKind.Postcode,
            FieldRole.Address => field.Kind == FieldKind.Address,
            FieldRole.LastFour => field.Kind == FieldKind.Number,
            _ => field.Kind == FieldKind.Phone,
        };
        SchemaRules.Require(fits, $"{place}.role", "does not fit the kind of the field");
    }

    private static void CheckTokens(FieldSchema field, string place)
    {
        SchemaRules.Require(
            (field.Tokens == TokenKind.DateParts) == (field.Kind == FieldKind.Date) || field.IsTag,
            $"{place}.tokens",
            "date-parts are for dates, and dates are for date-parts or exact");
        SchemaRules.Require(field.Q is >= 1 and <= 4, $"{place}.q", "must be 1 to 4");
        SchemaRules.Require(field.IsTag || field.Weight is >= 64 and <= 640, $"{place}.weight", "must be 64 to 640");
        SchemaRules.Require(field.MissingWords.Count <= MaxMissingWords, $"{place}.missing", "has too many words");
        SchemaRules.Require(
            field.MissingWords.All(word => word.Length <= SchemaLimits.MaxMissingWordLength),
            $"{place}.missing",
            $"a word must have at most {SchemaLimits.MaxMissingWordLength} characters");
    }

    private static void CheckKeyedAs(LinkageSchema schema, int index, string place)
    {
        FieldSchema field = schema.Fields[index];
        if (field.KeyedAs is null)
        {
            return;
        }

        int other = schema.IndexOfField(field.KeyedAs);
        SchemaRules.Require(other >= 0 && other < index, place, "must name an earlier field");
        SchemaRules.Require(schema.Fields[other].KeyedAs is null, place, "names a field that is keyed as another");
        SchemaRules.Require(
            IsCutAlike(field, schema.Fields[other]),
            place,
            "the two fields must have the same kind, normalization, tokens, weight and missing words");
    }

    // Otherwise equal values would differ in their filters, and levels across the two would mean nothing.
    private static bool IsCutAlike(FieldSchema one, FieldSchema other) =>
        one.Kind == other.Kind
        && (one.Role == FieldRole.LastFour) == (other.Role == FieldRole.LastFour)
        && one.Tokens == other.Tokens
        && (one.Tokens != TokenKind.QGram || one.Q == other.Q)
        && (one.IsTag || one.Weight == other.Weight)
        && one.MissingWords.ToHashSet(StringComparer.Ordinal).SetEquals(other.MissingWords);

    private static void CheckCuts(FieldSchema field, string place)
    {
        SchemaRules.Require(field.Cuts.Count <= 8, $"{place}.cuts", "there may be eight at most");
        SchemaRules.Require(!field.IsTag || field.Cuts.Count == 0, $"{place}.cuts", "an equality tag has none");
        SchemaRules.Require(field.IsTag || field.Cuts.Count > 0, $"{place}.cuts", "a filter needs one at least");
        double last = 1;
        foreach (double cut in field.Cuts)
        {
            SchemaRules.Require(cut > 0 && cut < last, $"{place}.cuts", "must fall, between 1 and 0");
            last = cut;
        }
    }
}
