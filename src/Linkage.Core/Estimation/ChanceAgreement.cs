using Linkage.Bloom.Agreement;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>How often strangers agree, pooled from the agreement tables of the owners.</summary>
/// <remarks>
/// <para>
/// An owner's table is of pairs inside its own file. For two owners whose values are distributed alike it holds for
/// pairs across them too; where distributions differ, strangers agree across owners less than the plain mean of the
/// owners says, since Σ pq ≤ (Σ p² + Σ q²) / 2. So the pooled shares mostly err on the side of weaker evidence.
/// </para>
/// <para>
/// An owner counts by the pairs that it looked at, a million at most: a count among all pairs of a large file is exact
/// for that file and says no more than another owner's about pairs across the two.
/// </para>
/// </remarks>
internal static class ChanceAgreement
{
    private const long MostPairs = 1_000_000;

    /// <summary>Pools the tables that belong to a schema.</summary>
    /// <param name="schema">The schema linked by.</param>
    /// <param name="owners">
    /// Headers of the files; those whose own schema has another linkage fingerprint have other levels and are left out.
    /// </param>
    /// <returns>
    /// For every comparison of <see cref="Comparison.FromSchema"/> the u of its levels, worst first, each over 0 and
    /// under 1 and together 1; null for a comparison that no owner tells of. A number that is not told is taken as 5.
    /// </returns>
    public static IReadOnlyList<double[]?> Pool(LinkageSchema schema, IEnumerable<EncodedFileHeader> owners)
    {
        string fingerprint = schema.LinkageFingerprint;
        AgreementTable[] tables =
        [
            .. owners.Where(owner => owner.Agreement is not null && owner.Schema.LinkageFingerprint == fingerprint)
                .Select(owner => owner.Agreement!),
        ];
        return
        [
            .. Comparison.FromSchema(schema).Select(comparison => Pool(
                comparison.LevelCount,
                [.. tables.Select(table => table.Find(comparison.Name)).OfType<ComparisonAgreement>()])),
        ];
    }

    private static double[]? Pool(int levelCount, IReadOnlyList<ComparisonAgreement> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        double[] pooled = new double[levelCount];
        foreach (ComparisonAgreement row in rows)
        {
            double weight = Math.Min(MostPairs, row.Levels.Min(cell => cell.Pairs));
            for (int level = 0; level < levelCount; level++)
            {
                pooled[level] += weight * row.Levels[level].Share;
            }
        }

        double sum = pooled.Sum();
        return [.. pooled.Select(share => share / sum)];
    }
}
