using System.Numerics;

namespace Linkage.Bloom.Schemas;

/// <summary>Rules for the passes of a schema.</summary>
internal static class PassRules
{
    private const int MaxKeyParts = 6;

    public static void Check(LinkageSchema schema)
    {
        SchemaRules.Require(
            schema.Passes.Count is >= 1 and <= SchemaLimits.MaxPasses,
            "passes",
            $"there must be 1 to {SchemaLimits.MaxPasses}");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < schema.Passes.Count; i++)
        {
            PassSchema pass = schema.Passes[i];
            SchemaRules.RequireName(pass.Name, $"passes[{i}].name");
            SchemaRules.Require(names.Add(pass.Name), $"passes[{i}].name", "stands twice");
            SchemaRules.Require(
                pass.Key.Count is >= 1 and <= MaxKeyParts, $"passes[{i}].key",
                $"there must be 1 to {MaxKeyParts} parts");
            SchemaRules.Require(
                pass.Key.Distinct().Count() == pass.Key.Count, $"passes[{i}].key", "a part stands twice");
            CheckNotOneName(schema, i);
        }

        CheckEveryFieldTravels(schema);
    }

    /// <summary>Size of the largest set of passes of which no two draw on one field.</summary>
    public static int CountDisjoint(LinkageSchema schema)
    {
        uint[] fields = new uint[schema.Passes.Count];
        for (int pass = 0; pass < fields.Length; pass++)
        {
            foreach (int field in schema.KeyFields(pass))
            {
                fields[pass] |= 1u << field;
            }
        }

        int best = 0;
        for (uint chosen = 1; chosen < 1u << fields.Length; chosen++)
        {
            if (BitOperations.PopCount(chosen) > best && AreDisjoint(fields, chosen))
            {
                best = BitOperations.PopCount(chosen);
            }
        }

        return best;
    }

    private static bool AreDisjoint(uint[] fields, uint chosen)
    {
        uint seen = 0;
        for (int pass = 0; pass < fields.Length; pass++)
        {
            if ((chosen >> pass & 1) != 0)
            {
                if ((seen & fields[pass]) != 0)
                {
                    return false;
                }

                seen |= fields[pass];
            }
        }

        return true;
    }

    // Block sizes of such a pass are the frequency table of that name, and equal filters chain its blocks together
    // (chained-class share up to 100 %).
    private static void CheckNotOneName(LinkageSchema schema, int pass)
    {
        IReadOnlyList<int> fields = schema.KeyFields(pass);
        SchemaRules.Require(
            schema.Profile == ProtectionProfile.Research
                || fields.Count > 1
                || schema.Fields[fields[0]].Kind != FieldKind.Name,
            $"passes[{pass}].key",
            "draws on one name alone, which gives away how often each name occurs; add a part of another field");
    }

    private static void CheckEveryFieldTravels(LinkageSchema schema)
    {
        for (int field = 0; field < schema.Fields.Count; field++)
        {
            bool travels = false;
            for (int pass = 0; pass < schema.Passes.Count; pass++)
            {
                travels |= !schema.ImpliedFields(pass)[field];
            }

            SchemaRules.Require(
                travels, $"fields[{field}]", "is contained in the key of every pass and would never be compared");
        }
    }
}
