using Linkage.Bloom.Schemas;

namespace Linkage.Core.Comparisons;

/// <summary>A question about a pair: how far one field, or a group of fields jointly, agrees.</summary>
/// <param name="Name">Name of the field or group.</param>
/// <param name="LevelNames">What each level means, worst first.</param>
/// <param name="Fields">Names of the fields it draws on.</param>
public sealed record Comparison(string Name, IReadOnlyList<string> LevelNames, IReadOnlyList<string> Fields)
{
    /// <summary>Number of levels.</summary>
    public int LevelCount => LevelNames.Count;

    /// <summary>
    /// The comparisons of a schema: every field that is in no group, and every group at its first field.
    /// </summary>
    /// <param name="schema">The schema.</param>
    /// <returns>In schema order.</returns>
    public static IReadOnlyList<Comparison> FromSchema(LinkageSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var comparisons = new List<Comparison>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (FieldSchema field in schema.Fields)
        {
            FieldGroup? group = schema.Groups.FirstOrDefault(candidate => candidate.Fields.Contains(field.Name));
            if (group is null)
            {
                comparisons.Add(new Comparison(field.Name, LevelNamesOf(field), [field.Name]));
            }
            else if (placed.Add(group.Name))
            {
                comparisons.Add(new Comparison(group.Name, LevelNamesOf(group, schema), group.Fields));
            }
        }

        return comparisons;
    }

    private static List<string> LevelNamesOf(FieldSchema field)
    {
        var names = new List<string> { "else" };
        for (int i = field.Cuts.Count - 1; i >= 0; i--)
        {
            names.Add(FormattableString.Invariant($"similar ≥ {field.Cuts[i]:0.##}"));
        }

        names.Add("equal");
        return names;
    }

    private static List<string> LevelNamesOf(FieldGroup group, LinkageSchema schema)
    {
        var names = new List<string> { "else" };
        for (int i = group.Levels.Count - 1; i >= 0; i--)
        {
            names.Add(group.SwappedLevels.Contains(i)
                ? DescribeSwapped(schema, group.Levels[i])
                : string.Join(
                    " and ",
                    group.Levels[i].Select(part => $"{part.Key} {DescribeLeast(schema, part.Key, part.Value)}")));
        }

        return names;
    }

    private static string DescribeSwapped(LinkageSchema schema, IReadOnlyDictionary<string, int> level)
    {
        string[] fields = [.. level.Keys.OrderBy(schema.IndexOfField)];
        string better = DescribeLeast(schema, fields[0], level.Values.Max());
        string worse = DescribeLeast(schema, fields[0], level.Values.Min());
        return better == worse
            ? $"{fields[0]} and {fields[1]} swapped, both {better}"
            : $"{fields[0]} and {fields[1]} swapped, one {better}, one {worse}";
    }

    private static string DescribeLeast(LinkageSchema schema, string name, int least)
    {
        FieldSchema field = schema.Fields[schema.IndexOfField(name)];
        return least == field.LevelCount - 1
            ? "equal"
            : FormattableString.Invariant($"≥ {field.Cuts[field.Cuts.Count - least]:0.##}");
    }
}
