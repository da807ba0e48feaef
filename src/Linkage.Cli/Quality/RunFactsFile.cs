using System.Text.Json;
using Linkage.Cli.Input;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Quality;

/// <summary>Reads from run.json what an evaluation compares with the truth.</summary>
internal static class RunFactsFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>Threshold, completeness as estimated, and whether all compared pairs were written.</returns>
    /// <exception cref="InputException">It is no file of facts of a run.</exception>
    public static EvaluationFacts Load(string path) => RunFileReader.Read(path, Read);

    private static EvaluationFacts Read(JsonElement run)
    {
        double threshold = run.GetProperty("decisions").GetProperty("matchThreshold").GetDouble();
        JsonElement counts = run.GetProperty("counts");
        return new EvaluationFacts
        {
            MatchThreshold = IsShare(threshold) ? threshold : throw new FormatException(),
            StatedCompleteness = ReadCompleteness(run.GetProperty("pairsCompleteness")),
            HasEveryCandidate =
                counts.GetProperty("writtenPairs").GetInt64() >= counts.GetProperty("candidatePairs").GetInt64(),
        };
    }

    private static PairsCompleteness? ReadCompleteness(JsonElement completeness)
    {
        if (!completeness.TryGetProperty("estimate", out JsonElement estimate))
        {
            return null;
        }

        double[] shares =
        [
            completeness.GetProperty("low").GetDouble(),
            estimate.GetDouble(),
            completeness.GetProperty("high").GetDouble(),
        ];
        string[] passes =
        [
            .. completeness.GetProperty("corePasses").EnumerateArray()
                .Select(pass => pass.GetString() ?? string.Empty),
        ];
        return shares.All(IsShare) && shares[0] <= shares[1] && shares[1] <= shares[2]
            ? new PairsCompleteness(shares[1], shares[0], shares[2], passes)
            : throw new FormatException();
    }

    private static bool IsShare(double share) => share is >= 0 and <= 1;
}
