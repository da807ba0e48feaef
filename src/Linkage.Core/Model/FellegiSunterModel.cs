using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Scoring;

namespace Linkage.Core.Model;

/// <summary>m and u of every level of every comparison, and the prior.</summary>
/// <remarks>
/// Comparisons are taken as independent given match or non-match (Fellegi and Sunter 1969, section 3.2); what is not
/// independent belongs in a field group. A missing value is no evidence. Immutable and thread-safe.
/// </remarks>
public sealed record FellegiSunterModel
{
    /// <summary>Fingerprint of the schema part the levels belong to.</summary>
    public required string LinkageFingerprint { get; init; }

    /// <summary>λ: the share of matches among candidate pairs; over 0 and under 1.</summary>
    public required double PriorMatchProbability { get; init; }

    /// <summary>The comparisons, in schema order.</summary>
    public required IReadOnlyList<ComparisonModel> Comparisons { get; init; }

    /// <summary>Reads a model file, <c>linkage-model/1</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model, equal in every figure to the one that was saved.</returns>
    /// <exception cref="FormatException">The file is no valid model; the message names the place.</exception>
    public static FellegiSunterModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFileReader.Read(path);
    }

    /// <summary>Writes the model file; the same model gives the same bytes.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="InvalidOperationException">
    /// A probability is not between 0 and 1, or those of a comparison do not sum to 1.
    /// </exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = AtomicFile.Create(path);
        ModelFile.Write(this, file.Stream);
        file.Commit();
    }

    /// <summary>The match weight of a vector: the sum over comparisons that have a level.</summary>
    /// <param name="vector">A comparison vector of the same schema.</param>
    /// <returns>The weight, without the prior.</returns>
    public MatchWeight Weigh(ComparisonVector vector)
    {
        double bits = 0;
        for (int i = 0; i < Comparisons.Count; i++)
        {
            int level = vector[i];
            if (level < ComparisonVector.BothMissing)
            {
                bits += Comparisons[i].Levels[level].Weight.Bits;
            }
        }

        return new MatchWeight(bits);
    }
}
