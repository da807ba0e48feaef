namespace Linkage.Core.Model;

/// <summary>The levels of one comparison, worst first.</summary>
/// <param name="Name">Name of the field or group.</param>
/// <param name="Levels">The levels.</param>
public sealed record ComparisonModel(string Name, IReadOnlyList<LevelModel> Levels);
