using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Scoring;

namespace Linkage.Core.Model;

/// <summary>m and u of every level of every comparison, the kinds of non-matches, and the prior.</summary>
/// <remarks>
/// <para>
/// The weight of a pair is the logarithm of P(γ | match) over P(γ | non-match) (Fellegi and Sunter 1969, section 3.1).
/// Among matches the comparisons are taken as independent, but for the interactions named. Non-matches become
/// candidates for one of a few reasons: a birth date, a name, a home in common. Each pass is a kind of non-match with
/// its own u, independent within the kind, so P(γ | non-match) is a mixture over kinds; that is what keeps a shared
/// home from counting as often as it has fields.
/// </para>
/// <para>
/// A missing value is no evidence. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed record FellegiSunterModel
{
    /// <summary>Fingerprint of the schema part the levels belong to.</summary>
    public required string LinkageFingerprint { get; init; }

    /// <summary>λ: the share of matches among candidate pairs; over 0 and under 1.</summary>
    public required double PriorMatchProbability { get; init; }

    /// <summary>The comparisons, in schema order.</summary>
    public required IReadOnlyList<ComparisonModel> Comparisons { get; init; }

    /// <summary>The kinds of non-matches, one a pass; at least one.</summary>
    public required IReadOnlyList<NonMatchKind> NonMatchKinds { get; init; }

    /// <summary>Comparisons with a distribution of their own together; each in one at most.</summary>
    public IReadOnlyList<InteractionModel> Interactions { get; init; } = [];

    /// <summary>A remark for people, such as what the model was fitted to; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Whether the "matches" differ, more often than not, in more than half of the comparisons: then they are no
    /// persons.
    /// </summary>
    internal bool MatchesMostlyDiffer =>
        2 * Comparisons.Count(comparison => comparison.Levels[0].MProbability > 0.5) > Comparisons.Count;

    /// <summary>Reads a model file, <c>linkage-model/1</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model, equal in every figure to the one that was saved.</returns>
    /// <exception cref="FormatException">The file is no valid model; the message names the place.</exception>
    public static FellegiSunterModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFileReader.Read(path);
    }

    /// <summary>Reads a model from the text of its file.</summary>
    /// <param name="utf8Json">The text; a byte order mark is allowed.</param>
    /// <returns>The model, equal in every figure to the one that was saved.</returns>
    /// <exception cref="FormatException">The text is no valid model; the message names the place.</exception>
    public static FellegiSunterModel Parse(ReadOnlyMemory<byte> utf8Json) => ModelFileReader.Parse(utf8Json);

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

    /// <summary>The match weight of a vector.</summary>
    /// <param name="vector">A comparison vector of the same schema.</param>
    /// <returns>The weight, without the prior.</returns>
    public MatchWeight Weigh(ComparisonVector vector) => new(new PatternWeigher(this).Weigh(vector));

    /// <summary>Says what spoke for and against a pair.</summary>
    /// <param name="vector">A comparison vector of the same schema.</param>
    /// <returns>
    /// One part for each comparison, or two that interact, in schema order, then what brought the pair; together they
    /// are its weight.
    /// </returns>
    /// <exception cref="ArgumentException">The vector has a level that the model does not know.</exception>
    public IReadOnlyList<WeightPart> Explain(ComparisonVector vector) => WeightParts.Of(this, vector);
}
