namespace Linkage.Bloom.Agreement;

/// <summary>How far records of different persons agree by chance, as one owner's records show it.</summary>
/// <remarks>
/// <para>
/// Measured by the owner on pairs of its own records, as they would look in one block: filters diffused with a fresh
/// random index set. It belongs to the comparison levels of the schema in the same header.
/// </para>
/// <para>
/// Numbers are sums over pairs and none is under ten, so nothing is said of single records. Nearly all pairs are of
/// different persons, unless the file lists persons several times.
/// </para>
/// </remarks>
/// <param name="Comparisons">
/// In schema order; a comparison for which fewer than <see cref="LeastRecords"/> records have a value, or fewer pairs
/// than so many records make can be compared, is not among them.
/// </param>
public sealed record AgreementTable(IReadOnlyList<ComparisonAgreement> Comparisons)
{
    /// <summary>The fewest records with a value for which a comparison is told: 100.</summary>
    public static int LeastRecords => 100;

    /// <summary>The fewest pairs of which a cell is told: all pairs of so many records.</summary>
    internal static int LeastPairs => LeastRecords * (LeastRecords - 1) / 2;

    /// <summary>Looks a comparison up.</summary>
    /// <param name="comparison">Name of a field or field group.</param>
    /// <returns>Its row; null when the owner tells nothing of it.</returns>
    public ComparisonAgreement? Find(string comparison) =>
        Comparisons.FirstOrDefault(row => row.Comparison == comparison);
}
