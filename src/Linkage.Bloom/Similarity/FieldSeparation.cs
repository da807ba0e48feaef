using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Similarity;

/// <summary>How well a field's encoding tells a typing error from a stranger, before any data are seen.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="OneTypoRecall">Share of values with one substituted character that reach the lowest level.</param>
/// <param name="TwoTypoRecall">The same for two substituted characters far apart.</param>
/// <param name="StrangerShare">Share of values without a common token that reach the lowest level by chance.</param>
/// <remarks>
/// For a value of typical length, with g tokens of which c change. A token covers a position with p = 1 − (1 −
/// W/l)^(1/g), so δ = (1 − p)^(g−c) · 2r(1 − r) with r = 1 − (1 − p)^c; the output's 1 − 2h is normal about (1 − 2δ)^t
/// with the standard deviation of l' coin tosses, √((1 − (1 − 2δ)^2t) / l').
/// </remarks>
public sealed record FieldSeparation(string Field, double OneTypoRecall, double TwoTypoRecall, double StrangerShare)
{
    /// <summary>Estimates every field of a schema that travels as a filter.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>One estimate a filter field, in schema order.</returns>
    public static IReadOnlyList<FieldSeparation> Estimate(LinkageSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        int diffusion = schema.Profile == ProtectionProfile.Research ? 1 : SchemaLimits.DiffusionCount;
        var estimates = new List<FieldSeparation>();
        foreach (FieldSchema field in schema.Fields)
        {
            if (!field.IsTag)
            {
                (int tokens, int changed) = TypicalTokens(field);
                double cut = field.Cuts[^1];
                estimates.Add(new FieldSeparation(
                    field.Name,
                    ShareAtCut(field.Weight, tokens, changed, diffusion, cut),
                    ShareAtCut(field.Weight, tokens, Math.Min(tokens, 2 * changed), diffusion, cut),
                    ShareAtCut(field.Weight, tokens, tokens, diffusion, cut)));
            }
        }

        return estimates;
    }

    // Names of six letters, addresses of 18 characters in three words, dates of six digits that count.
    private static (int Tokens, int Changed) TypicalTokens(FieldSchema field) => field.Kind switch
    {
        FieldKind.Date => (6, 1),
        FieldKind.Postcode => (5, 1),
        FieldKind.Phone => (10, 1),
        FieldKind.Identifier => (9, 1),
        FieldKind.Address => (16 + field.Q, field.Q),
        FieldKind.Email => (19 + field.Q, field.Q),
        _ => (5 + field.Q, field.Q),
    };

    private static double ShareAtCut(int weight, int tokens, int changed, int diffusion, double cut)
    {
        double p = 1 - Math.Pow(1 - ((double)weight / SchemaLimits.BitLength), 1.0 / tokens);
        double r = 1 - Math.Pow(1 - p, changed);
        double baseShare = Math.Pow(1 - p, tokens - changed) * 2 * r * (1 - r);
        double mean = Math.Pow(1 - (2 * baseShare), diffusion);
        double deviation = Math.Sqrt(Math.Max(1e-12, 1 - (mean * mean)) / SchemaLimits.BitLength);
        return NormalDistribution.Upper((Math.Pow(cut, diffusion) - mean) / deviation);
    }
}
