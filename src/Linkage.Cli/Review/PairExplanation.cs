using System.Globalization;
using System.Text.Json;
using Linkage.Bloom.Storage;
using Linkage.Cli.Terminal;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;

namespace Linkage.Cli.Review;

/// <summary>What spoke for and against a pair, in words and figures.</summary>
/// <remarks>
/// The linkage unit has no values, so none are shown: only how far they agree, and what that weighs. Nor are handles.
/// </remarks>
internal sealed class PairExplanation
{
    private const int HalfBar = 12;

    // Round-trip figures that are read back differ by less.
    private const double SameProbability = 1e-9;

    private readonly EarlierRun _run;
    private readonly PairRow _row;
    private readonly ComparisonVector _vector;
    private readonly IReadOnlyList<WeightPart> _parts;
    private readonly double _priorBits;
    private readonly double _alone;

    /// <summary>Takes the pair's weight apart.</summary>
    /// <param name="run">The run.</param>
    /// <param name="row">A row of its pairs that fits its model.</param>
    public PairExplanation(EarlierRun run, PairRow row)
    {
        _run = run;
        _row = row;
        double prior = run.Model.PriorMatchProbability;
        _vector = ComparisonVector.FromPattern(row.Pattern);
        _parts = run.Model.Explain(_vector);
        _priorBits = Math.Log2(prior / (1 - prior));
        _alone = MatchProbability.From(new MatchWeight(row.Weight), prior).Value;
    }

    private bool Differs => Math.Abs(_alone - _row.Probability) > SameProbability;

    /// <summary>Writes the explanation for people.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteText(TextWriter writer)
    {
        writer.WriteLine($"records   of {_row.LeftParty} and {_row.RightParty}");
        writer.WriteLine($"decision  {_row.Decision}: {DecisionWords()}");
        writer.WriteLine();
        WriteParts(writer);
        writer.WriteLine();
        double rarity = 1 / _run.Model.PriorMatchProbability;
        writer.WriteLine($"match weight  {Bits(_row.Weight)} bits; each bit doubles the odds of one person");
        writer.WriteLine(
            $"prior         {Bits(_priorBits)} bits: 1 in {Figures.Decimal(rarity, 1)} compared pairs is one person");
        writer.WriteLine(
            $"sum           {Bits(_row.Weight + _priorBits)} bits, a probability of {Probability(_alone)}");
        writer.WriteLine($"probability   {Probability(_row.Probability)}{DifferenceWords()}");
    }

    /// <summary>Writes the explanation for machines.</summary>
    /// <param name="json">Inside an open object.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("left_party", _row.LeftParty);
        json.WriteString("right_party", _row.RightParty);
        json.WriteString("pattern", _row.Pattern);
        json.WriteStartArray("parts");
        double sum = 0;
        foreach (WeightPart part in _parts)
        {
            sum += part.Weight.Bits;
            json.WriteStartObject();
            json.WriteStartArray("comparisons");
            foreach (string comparison in part.Comparisons)
            {
                json.WriteStringValue(comparison);
            }

            json.WriteEndArray();
            json.WriteBoolean("brought_the_pair", part.IsWhatBroughtThePair);
            json.WriteString("found", part.Meaning);
            json.WriteNumber("weight", part.Weight.Bits);
            json.WriteNumber("so_far", sum);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("weight", _row.Weight);
        json.WriteNumber("prior", _run.Model.PriorMatchProbability);
        json.WriteNumber("prior_weight", _priorBits);
        json.WriteNumber("sum", _row.Weight + _priorBits);
        json.WriteNumber("probability_alone", _alone);
        json.WriteNumber("probability", _row.Probability);
        json.WriteNumber("match_threshold", _run.MatchThreshold);
        json.WriteNumber("possible_threshold", _run.PossibleThreshold);
        json.WriteString("decision", _row.Decision);
        json.WriteString("reason", DecisionWords());
    }

    /// <summary>Writes the explanation as a drawing.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteHtml(string path)
    {
        Decision decision = _row.Decision switch
        {
            PairRow.Match => Decision.Match,
            PairRow.Possible => Decision.Possible,
            _ => Decision.NonMatch,
        };
        using var file = AtomicFile.Create(path);
        PairReport.Write(_run.Model, _vector, new MatchProbability(_row.Probability), decision, file.Stream);
        file.Commit();
    }

    private void WriteParts(TextWriter writer)
    {
        string[] names = [.. _parts.Select(NameOf)];
        int nameWidth = names.Max(name => name.Length);
        int foundWidth = _parts.Max(part => part.Meaning.Length);
        double most = Math.Max(1, _parts.Max(part => Math.Abs(part.Weight.Bits)));
        string against = "against".PadLeft(HalfBar);
        string head = $"{"comparison".PadRight(nameWidth)}  {"found".PadRight(foundWidth)}    bits  ";
        writer.WriteLine($"{head}{against} | {"for".PadRight(HalfBar)}  so far");
        double sum = 0;
        for (int i = 0; i < names.Length; i++)
        {
            double bits = _parts[i].Weight.Bits;
            sum += bits;
            int length = (int)Math.Round(HalfBar * Math.Abs(bits) / most);
            string bar = new('#', length);
            string left = (bits < 0 ? bar : string.Empty).PadLeft(HalfBar);
            string right = (bits < 0 ? string.Empty : bar).PadRight(HalfBar);
            string words = $"{names[i].PadRight(nameWidth)}  {_parts[i].Meaning.PadRight(foundWidth)}";
            writer.WriteLine($"{words}  {Bits(bits),6}  {left} | {right}  {Bits(sum),6}");
        }
    }

    private static string NameOf(WeightPart part) =>
        part.IsWhatBroughtThePair ? "what brought the pair" : string.Join(" with ", part.Comparisons);

    private bool IsDecidedByPersons => _run.HasDecisions && Differs && _row.Probability is 0 or 1;

    private string DecisionWords()
    {
        string match = Figures.Decimal(_run.MatchThreshold, 3);
        string possible = Figures.Decimal(_run.PossibleThreshold, 3);
        return _row.Decision switch
        {
            _ when IsDecidedByPersons => "a person decided it, or it follows from such decisions",
            PairRow.Match => $"the probability is at least {match}",
            PairRow.Possible => $"the probability is at least {possible} and under {match}; a person has to decide",
            _ when _row.Probability >= _run.PossibleThreshold =>
                "the probability reaches a threshold, but one of the records has a better partner",
            _ => $"the probability is under {possible}",
        };
    }

    private string DifferenceWords() => !Differs ? string.Empty
        : IsDecidedByPersons ? ", as decided"
        : ", since other candidates compete for these records";

    private static string Bits(double bits) => bits.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Probability(double probability) => probability switch
    {
        > 0.99995 and < 1 => "over 0.9999",
        > 0 and < 0.00005 => "under 0.0001",
        _ => Figures.Decimal(probability, 4),
    };
}
