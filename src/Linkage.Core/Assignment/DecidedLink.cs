namespace Linkage.Core.Assignment;

/// <summary>What a person decided about two records; it goes before what the model says.</summary>
/// <param name="Left">Number of one record, counted over all files.</param>
/// <param name="Right">Number of the other record.</param>
/// <param name="IsMatch">True if they are one person, false if they are two.</param>
internal readonly record struct DecidedLink(int Left, int Right, bool IsMatch);
