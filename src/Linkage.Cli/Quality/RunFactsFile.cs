using System.Text.Json;
using Linkage.Cli.Input;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Quality;

/// <summary>Reads from run.json what an evaluation compares with the truth.</summary>
internal static class RunFactsFile
{
    private const string Format = "linkage-run/1";

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>Threshold, completeness as estimated, and whether all compared pairs were written.</returns>
    /// <exception cref="InputException">It is no file of facts of a run.</exception>
    public static EvaluationFacts Load(string path)
    {
        using FileStream stream = InputFile.Open(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw new InputException(path, "not valid JSON");
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException(path, $"is no {Format}, or a member of it is missing or of another kind");
        }
    }

    private static EvaluationFacts Read(JsonElement run)
    {
        if (run.GetProperty("format").GetString() != Format)
        {
            throw new FormatException();
        }

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
