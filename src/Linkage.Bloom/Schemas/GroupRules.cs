namespace Linkage.Bloom.Schemas;

/// <summary>Rules for the field groups of a schema.</summary>
internal static class GroupRules
{
    private const int MaxLevels = 9;

    public static void Check(LinkageSchema schema)
    {
        var names = new HashSet<string>(schema.Fields.Select(field => field.Name), StringComparer.Ordinal);
        var grouped = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < schema.Groups.Count; i++)
        {
            FieldGroup group = schema.Groups[i];
            string place = $"groups[{i}]";
            SchemaRules.RequireName(group.Name, $"{place}.name");
            SchemaRules.Require(names.Add(group.Name), $"{place}.name", "is taken by a field or another group");
            SchemaRules.Require(group.Fields.Count >= 2, $"{place}.fields", "there must be two at least");
            foreach (string field in group.Fields)
            {
                SchemaRules.Require(
                    schema.IndexOfField(field) >= 0, $"{place}.fields", "names a field that is not there");
                SchemaRules.Require(grouped.Add(field), $"{place}.fields", "a field is in one group at most");
            }

            CheckLevels(schema, group, place);
        }
    }

    private static void CheckLevels(LinkageSchema schema, FieldGroup group, string place)
    {
        SchemaRules.Require(
            group.Levels.Count is >= 1 and <= MaxLevels, $"{place}.levels", $"there must be 1 to {MaxLevels}");
        for (int i = 0; i < group.Levels.Count; i++)
        {
            string here = $"{place}.levels[{i}]";
            SchemaRules.Require(group.Levels[i].Count > 0, here, "names no field");
            foreach ((string field, int least) in group.Levels[i])
            {
                SchemaRules.Require(group.Fields.Contains(field), here, "names a field that is not in the group");
                int top = schema.Fields[schema.IndexOfField(field)].LevelCount - 1;
                SchemaRules.Require(least >= 1 && least <= top, here, $"a level must be 1 to {top}");
            }
        }

        CheckSwapped(schema, group, place);
    }

    private static void CheckSwapped(LinkageSchema schema, FieldGroup group, string place)
    {
        var seen = new HashSet<int>();
        foreach (int level in group.SwappedLevels)
        {
            SchemaRules.Require(
                level >= 0 && level < group.Levels.Count && seen.Add(level),
                $"{place}.levels",
                "the swapped ones must be there, each once");
            FieldSchema[] fields =
            [
                .. group.Levels[level].Keys.Select(name => schema.Fields[schema.IndexOfField(name)]),
            ];
            SchemaRules.Require(
                fields.Length == 2
                    && fields[0].KeyName == fields[1].KeyName
                    && fields[0].Cuts.SequenceEqual(fields[1].Cuts),
                $"{place}.levels[{level}]",
                "only two fields with equal cuts and keyed alike can be swapped");
            SchemaRules.Require(
                !group.Levels[level].ContainsKey(SchemaMembers.Swapped),
                $"{place}.levels[{level}]",
                $"a field named {SchemaMembers.Swapped} cannot be swapped");
        }
    }
}
