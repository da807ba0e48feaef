namespace Linkage.Bloom.Schemas;

/// <summary>The field group of given and family name, for files in which the two are often swapped.</summary>
internal static class NameGroup
{
    private const string GroupName = "names";

    /// <summary>Keys the later of the two names as the earlier one and compares both jointly.</summary>
    public static LinkageSchema AddTo(LinkageSchema schema)
    {
        FieldSchema[] fields = [.. schema.Fields];
        int given = Array.FindIndex(fields, field => field.Role == FieldRole.GivenName);
        int family = Array.FindIndex(fields, field => field.Role == FieldRole.FamilyName);
        SchemaRules.Require(given >= 0 && family >= 0, "fields", "there must be a given name and a family name");
        int earlier = Math.Min(given, family);
        int later = Math.Max(given, family);
        fields[later] = fields[later] with { KeyedAs = fields[earlier].KeyName };
        return schema with { Fields = fields, Groups = [.. schema.Groups, Create(fields[given], fields[family])] };
    }

    // From the strongest evidence to the weakest. Names that agree crosswise are next to never those of two persons, be
    // both equal or one near, so one level takes them all and leaves room for every near level. What a household shares
    // counts for less: a family name beside a given name that is only near, or alone, is often a sibling's.
    private static FieldGroup Create(FieldSchema given, FieldSchema family)
    {
        int sameGiven = given.LevelCount - 1;
        int sameFamily = family.LevelCount - 1;
        (int Given, int Family, bool Swapped)[] rules =
        [
            (sameGiven, sameFamily, false),
            (sameGiven, 1, true),
            (sameGiven, 1, false),
            (1, sameFamily, false),
            (1, 1, false),
            (sameGiven, 0, false),
            (0, sameFamily, false),
            (0, 1, false),
            (1, 0, false),
        ];

        // Names compared for equality only have fewer levels.
        rules = [.. rules.Distinct()];
        return new FieldGroup
        {
            Name = GroupName,
            Fields = [given.Name, family.Name],
            Levels = [.. rules.Select(rule => ToLevel((given.Name, rule.Given), (family.Name, rule.Family)))],
            SwappedLevels = [.. Enumerable.Range(0, rules.Length).Where(i => rules[i].Swapped)],
        };
    }

    private static SortedDictionary<string, int> ToLevel(params ReadOnlySpan<(string Field, int Least)> parts)
    {
        var level = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string field, int least) in parts)
        {
            if (least > 0)
            {
                level[field] = least;
            }
        }

        return level;
    }
}
