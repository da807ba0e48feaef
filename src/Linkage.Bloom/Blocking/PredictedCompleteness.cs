namespace Linkage.Bloom.Blocking;

/// <summary>A guess of the pairs completeness of a set of passes, made before any data meets.</summary>
/// <remarks>
/// It rests on usual error rates of names, dates, addresses and numbers, and on the missing values that were counted;
/// how bad the data really are shows only after linking.
/// </remarks>
/// <param name="ErrorScale">Factor on the usual error rates.</param>
/// <param name="Completeness">Share of true pairs that meet in at least one pass, 0 to 1.</param>
public sealed record PredictedCompleteness(double ErrorScale, double Completeness);
