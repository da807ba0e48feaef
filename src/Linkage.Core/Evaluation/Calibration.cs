namespace Linkage.Core.Evaluation;

/// <summary>Whether pairs stated to be true with a probability are true that often.</summary>
/// <remarks>
/// The expected calibration error is that of Naeini, Cooper and Hauskrecht 2015 (Obtaining well calibrated
/// probabilities using Bayesian binning): mean over pairs of the distance between stated and observed share of their
/// bin. It depends on how many light pairs the file lists; the expected precision does not.
/// </remarks>
/// <param name="Bins">The ranges that hold pairs, lowest first.</param>
/// <param name="ExpectedCalibrationError">Mean distance, 0 to 1, 0 being right.</param>
/// <param name="ExpectedPrecision">Mean stated probability of the predicted pairs; 1 if there are none.</param>
/// <param name="ExpectedErrors">Sum over predicted pairs of what they lack to certainty: wrong pairs to expect.</param>
public sealed record Calibration(
    IReadOnlyList<CalibrationBin> Bins,
    double ExpectedCalibrationError,
    double ExpectedPrecision,
    double ExpectedErrors);
