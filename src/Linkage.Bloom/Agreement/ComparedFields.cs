using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Agreement;

/// <summary>A comparison as a list of demands: the fields it draws on and what each level asks of them.</summary>
/// <remarks>
/// The comparisons are those the linkage unit makes of the same schema: every field that is in no group, and every
/// group at its first field. A field alone is a group of one whose levels ask for its own.
/// </remarks>
internal sealed class ComparedFields
{
    private ComparedFields(LinkageSchema schema, string name, IReadOnlyList<string> fields, LevelDemand[][] levels)
    {
        Name = name;
        Fields = [.. fields.Select(schema.IndexOfField)];
        Levels = levels;
        BestIsEquality = levels[0].All(demand =>
            demand.Least == schema.Fields[Fields[demand.Position]].LevelCount - 1);
    }

    /// <summary>Name of the field or group.</summary>
    public string Name { get; }

    /// <summary>Indices of the fields in the schema.</summary>
    public IReadOnlyList<int> Fields { get; }

    /// <summary>Joint levels, best first; the last level, that nothing is asked of, is not among them.</summary>
    public IReadOnlyList<LevelDemand[]> Levels { get; }

    /// <summary>Number of comparison levels.</summary>
    public int LevelCount => Levels.Count + 1;

    /// <summary>Whether the best level asks for equal values and nothing else, so that values can be counted.</summary>
    public bool BestIsEquality { get; }

    /// <summary>
    /// The comparisons that can be counted; a group with crosswise levels is left out, since its levels ask for more
    /// than how far each field agrees with itself.
    /// </summary>
    public static IReadOnlyList<ComparedFields> FromSchema(LinkageSchema schema)
    {
        var comparisons = new List<ComparedFields>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (FieldSchema field in schema.Fields)
        {
            FieldGroup? group = schema.Groups.FirstOrDefault(candidate => candidate.Fields.Contains(field.Name));
            if (group is null)
            {
                comparisons.Add(new ComparedFields(schema, field.Name, [field.Name], LevelsOf(field)));
            }
            else if (group.SwappedLevels.Count == 0 && placed.Add(group.Name))
            {
                comparisons.Add(new ComparedFields(schema, group.Name, group.Fields, LevelsOf(group)));
            }
        }

        return comparisons;
    }

    private static LevelDemand[][] LevelsOf(FieldSchema field) =>
    [
        .. Enumerable.Range(1, field.LevelCount - 1).Reverse().Select(level => new[] { new LevelDemand(0, level) }),
    ];

    private static LevelDemand[][] LevelsOf(FieldGroup group)
    {
        string[] names = [.. group.Fields];
        return
        [
            .. group.Levels.Select(level => level
                .Select(part => new LevelDemand(Array.IndexOf(names, part.Key), part.Value))
                .ToArray()),
        ];
    }
}
