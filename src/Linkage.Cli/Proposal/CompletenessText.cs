using System.Text.Json;
using Linkage.Bloom.Blocking;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Proposal;

/// <summary>A guess of completeness, for people and for machines.</summary>
internal static class CompletenessText
{
    /// <summary>What the guess is made from.</summary>
    public const string Caveat = "a guess from usual error rates and your missing values, often too good";

    /// <summary>The guesses in words.</summary>
    /// <param name="range">Guesses at growing error rates.</param>
    /// <returns>For example <c>0.9991 (x 1), 0.9975 (x 2), 0.9931 (x 3)</c>.</returns>
    public static string Range(IReadOnlyList<PredictedCompleteness> range) =>
        string.Join(", ", range.Select(one =>
            $"{Figures.Decimal(one.Completeness, 4)} (x {Figures.Decimal(one.ErrorScale, 0)})"));

    /// <summary>Writes the guesses as an array.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="range">Guesses at growing error rates.</param>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<PredictedCompleteness> range)
    {
        json.WriteStartArray("predicted_completeness");
        foreach (PredictedCompleteness one in range)
        {
            json.WriteStartObject();
            json.WriteNumber("error_scale", one.ErrorScale);
            json.WriteNumber("completeness", one.Completeness);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
