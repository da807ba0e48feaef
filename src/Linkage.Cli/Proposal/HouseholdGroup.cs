using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Proposal;

/// <summary>The field group of what a household shares.</summary>
/// <remarks>
/// Address, phone and postcode as in a schema without groups. A city and a state belong to them: whoever shares an
/// address shares these too, so alone they would count one fact again. They come last, coarser than the postcode;
/// where there is no postcode, the city stands in for it beside the address.
/// </remarks>
internal static class HouseholdGroup
{
    private const string Name = "contact";

    /// <summary>Makes the group.</summary>
    /// <param name="chosen">The columns that become fields.</param>
    /// <returns>The group; none when fewer than two fields belong to it.</returns>
    public static IReadOnlyList<FieldGroup> Of(IReadOnlyList<ColumnDecision> chosen)
    {
        FieldSchema? address = Find(ColumnMeaning.Address);
        FieldSchema? phone = Find(ColumnMeaning.Phone);
        FieldSchema? postcode = Find(ColumnMeaning.Postcode);
        FieldSchema? place = Find(ColumnMeaning.Place);
        FieldSchema? state = Find(ColumnMeaning.State);
        FieldSchema? area = postcode ?? place;
        string[] members =
        [
            .. new[] { address, postcode, phone, place, state }.OfType<FieldSchema>().Select(field => field.Name),
        ];
        if (members.Length < 2)
        {
            return [];
        }

        List<IReadOnlyDictionary<string, int>> levels = [];
        AddLevel(levels, (address, Equal), (area, Equal));
        AddLevel(levels, (phone, Near));
        AddLevel(levels, (address, Similar), (area, Similar));
        AddLevel(levels, (postcode, Equal));
        AddLevel(levels, (postcode, Similar));
        AddLevel(levels, (place, Near));
        AddLevel(levels, (state, Equal));
        return [new FieldGroup { Name = Name, Fields = members, Levels = levels }];

        FieldSchema? Find(ColumnMeaning meaning) => chosen.FirstOrDefault(one => one.Meaning == meaning)?.Field;
    }

    private static int Equal(FieldSchema field) => field.LevelCount - 1;

    private static int Near(FieldSchema field) => Math.Max(1, field.LevelCount - 2);

    private static int Similar(FieldSchema field) => 1;

    private static void AddLevel(
        List<IReadOnlyDictionary<string, int>> levels,
        params ReadOnlySpan<(FieldSchema? Field, Func<FieldSchema, int> Least)> parts)
    {
        SortedDictionary<string, int> level = new(StringComparer.Ordinal);
        foreach ((FieldSchema? field, Func<FieldSchema, int> least) in parts)
        {
            if (field is not null)
            {
                level[field.Name] = least(field);
            }
        }

        if (level.Count > 0 && !levels.Exists(known => known.SequenceEqual(level)))
        {
            levels.Add(level);
        }
    }
}
