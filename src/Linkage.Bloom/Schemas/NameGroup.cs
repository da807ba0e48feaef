namespace Linkage.Bloom.Schemas;

/// <summary>The field group of given and family name, for files in which the two are often swapped.</summary>
internal static class NameGroup
{
    private const string GroupName = "names";

    /// <summary>Keys the later of the two names as the earlier one and compares both jointly.</summary>
    public static LinkageSchema AddTo(LinkageSchema schema)
    {
        int given = Find(FieldRole.GivenName);
        int family = Find(FieldRole.FamilyName);
        SchemaRules.Require(given >= 0 && family >= 0, "fields", "there must be a given name and a family name");
        FieldSchema[] fields = [.. schema.Fields];
        int later = Math.Max(given, family);
        fields[later] = fields[later] with { KeyedAs = fields[Math.Min(given, family)].KeyName };
        return schema with { Fields = fields, Groups = [.. schema.Groups, Create(fields[given], fields[family])] };

        int Find(FieldRole role) => schema.Fields.ToList().FindIndex(field => field.Role == role);
    }

    // From the strongest evidence to the weakest: a family name is rarer than a given name, and two values that agree
    // crosswise are hardly ever those of strangers, but near ones are.
    private static FieldGroup Create(FieldSchema given, FieldSchema family)
    {
        int equalGiven = given.LevelCount - 1;
        int equalFamily = family.LevelCount - 1;
        var levels = new List<IReadOnlyDictionary<string, int>>();
        var swapped = new List<int>();
        Add(equalGiven, equalFamily);
        AddSwapped(equalGiven, equalFamily);
        Add(1, equalFamily);
        Add(equalGiven, 1);
        AddSwapped(equalGiven, 1);
        Add(1, 1);
        Add(0, equalFamily);
        Add(equalGiven, 0);
        Add(0, 1);
        return new FieldGroup
        {
            Name = GroupName,
            Fields = [given.Name, family.Name],
            Levels = levels,
            SwappedLevels = swapped,
        };

        void AddSwapped(int leastGiven, int leastFamily)
        {
            swapped.Add(levels.Count);
            Add(leastGiven, leastFamily);
        }

        void Add(int leastGiven, int leastFamily)
        {
            var level = new SortedDictionary<string, int>(StringComparer.Ordinal);
            if (leastGiven > 0)
            {
                level[given.Name] = leastGiven;
            }

            if (leastFamily > 0)
            {
                level[family.Name] = leastFamily;
            }

            levels.Add(level);
        }
    }
}
