namespace Linkage.Bloom.Schemas;

/// <summary>Gives a field without a stated role the usual one of its kind, if nobody else has it.</summary>
internal static class FieldRoles
{
    public static FieldSchema[] AssignDefaults(FieldSchema[] fields, bool[] roleGiven)
    {
        var taken = new HashSet<FieldRole>();
        for (int i = 0; i < fields.Length; i++)
        {
            if (roleGiven[i])
            {
                taken.Add(fields[i].Role);
            }
        }

        for (int i = 0; i < fields.Length; i++)
        {
            FieldRole usual = FieldSchema.DefaultRole(fields[i].Kind);
            if (!roleGiven[i] && usual != FieldRole.None && taken.Add(usual))
            {
                fields[i] = fields[i] with { Role = usual };
            }
        }

        return fields;
    }
}
