using System.Globalization;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Cli.Review;

/// <summary>What the characters of a pattern mean under a model.</summary>
internal static class PatternWords
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="model">The model it belongs to.</param>
    /// <param name="pattern">The text.</param>
    /// <returns>The vector; null where the text is no pattern of the model.</returns>
    public static ComparisonVector? Read(FellegiSunterModel model, string pattern)
    {
        if (pattern.Length != model.Comparisons.Count)
        {
            return null;
        }

        for (int c = 0; c < pattern.Length; c++)
        {
            bool isLevel = char.IsAsciiDigit(pattern[c]) && pattern[c] - '0' < model.Comparisons[c].Levels.Count;
            if (!isLevel && pattern[c] is not ('-' or '?'))
            {
                return null;
            }
        }

        return ComparisonVector.FromPattern(pattern);
    }

    /// <summary>Writes the legend.</summary>
    /// <param name="model">The model.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteLegend(FellegiSunterModel model, TextWriter writer)
    {
        writer.WriteLine("The pattern has one character for each comparison, in this order:");
        int width = model.Comparisons.Max(comparison => comparison.Name.Length);
        for (int c = 0; c < model.Comparisons.Count; c++)
        {
            ComparisonModel comparison = model.Comparisons[c];
            string place = (c + 1).ToString(CultureInfo.InvariantCulture).PadLeft(2);
            IEnumerable<string> levels = comparison.Levels.Select((level, i) =>
                string.Create(CultureInfo.InvariantCulture, $"{i} {level.Name}"));
            writer.WriteLine($"{place}  {comparison.Name.PadRight(width)}  {string.Join(", ", levels)}");
        }

        writer.WriteLine("For every comparison: - both records lack it, ? one record lacks it; neither counts.");
    }
}
