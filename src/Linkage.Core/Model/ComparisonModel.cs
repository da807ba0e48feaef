namespace Linkage.Core.Model;

/// <summary>The levels of one comparison, worst first.</summary>
/// <param name="Name">Name of the field or group.</param>
/// <param name="Levels">The levels.</param>
public sealed record ComparisonModel(string Name, IReadOnlyList<LevelModel> Levels)
{
    /// <summary>
    /// What an estimation that begins with this model keeps (<see cref="Estimation.EmOptions.PriorModel"/>); scoring
    /// with the model itself does not look at it.
    /// </summary>
    public FixedProbabilities Fixed { get; init; }

    /// <summary>A remark for people, such as where fixed figures come from; null for none.</summary>
    public string? Note { get; init; }
}
