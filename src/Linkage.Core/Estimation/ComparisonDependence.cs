namespace Linkage.Core.Estimation;

/// <summary>Whether two comparisons agree and differ together more often than the model says.</summary>
/// <param name="First">Name of a field or group.</param>
/// <param name="Second">Name of a later one.</param>
/// <param name="DifferTogether">
/// Among matches: bits by which both are at their worst level more often than the model expects; 1 is twice as often.
/// The weight of such a pair is that much too low, and matches are missed.
/// </param>
/// <param name="AgreeTogether">
/// Among non-matches of passes that draw on neither: bits by which both are equal more often than the model expects.
/// The weight of such a pair is that much too high, and strangers are linked. Zero where every pass draws on one of
/// them.
/// </param>
/// <param name="IsStrong">
/// Whether one of the two is at least one bit and more than chance can do: worth an interaction, or a group.
/// </param>
public sealed record ComparisonDependence(
    string First, string Second, double DifferTogether, double AgreeTogether, bool IsStrong);
