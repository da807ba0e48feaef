using System.Globalization;
using System.Text.Json;
using Linkage.Cli.Terminal;
using Linkage.Core;
using Linkage.Core.Blocking;
using Linkage.Core.Clustering;
using Linkage.Core.Estimation;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;

namespace Linkage.Cli.Unit;

/// <summary>A run in a few lines; the report says the rest.</summary>
internal sealed class LinkSummary
{
    private readonly LinkResult _result;
    private readonly string _directory;
    private readonly EmFit? _fit;
    private readonly long _links;
    private readonly long _possible;
    private readonly EntityMetrics[] _large;

    /// <summary>Counts what is told.</summary>
    /// <param name="result">The run's result.</param>
    /// <param name="directory">Where its files are.</param>
    public LinkSummary(LinkResult result, string directory)
    {
        _result = result;
        _directory = directory;
        _large = [.. result.EntityMetrics.Where(entity => entity.Records > 2)];
        _fit = result.Fits.FirstOrDefault(fit => fit.IsChosen);
        foreach (LinkedPair pair in result.Pairs)
        {
            _links += pair.Decision == Decision.Match ? 1 : 0;
            _possible += pair.Decision == Decision.Possible ? 1 : 0;
        }
    }

    private string Report => Path.Join(_directory, LinkResultFiles.ReportName);

    /// <summary>Writes the summary for people.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteText(TextWriter writer)
    {
        string files = string.Join(
            ", ", _result.Files.Select(file => $"{file.Party} {Figures.Count(file.RecordCount)}"));
        writer.WriteLine($"records    {Figures.Count(_result.RecordCount)} ({files})");
        writer.WriteLine($"candidates {Figures.Count(_result.CandidateCount)}");
        writer.WriteLine($"links      {Figures.Count(_links)}");
        writer.WriteLine($"expected   {ExpectationWords()}");
        writer.WriteLine($"possible   {Figures.Count(_possible)}");
        writer.WriteLine($"entities   {Figures.Count(_result.EntityCount)}{FirmnessWords()}");
        if (Decided is { } decided)
        {
            writer.WriteLine($"decided    {decided}");
        }

        writer.WriteLine($"unlinkable {UnlinkableWords()}");
        writer.WriteLine($"estimation {EstimationWords()}");
        writer.WriteLine($"met        {CompletenessWords()}");
        writer.WriteLine($"report     {Report}");
        writer.WriteLine();
        TextTable passes = new("pass", "shared blocks", "pairs", "new pairs", "largest block", "dropped blocks");
        foreach (BlockTally pass in _result.Passes)
        {
            passes.Add(
                pass.Pass,
                Figures.Count(pass.SharedBlocks),
                Figures.Count(pass.Pairs),
                Figures.Count(pass.NewPairs),
                Figures.Count(pass.LargestBlock),
                Figures.Count(pass.DroppedBlocks));
        }

        passes.WriteTo(writer);
    }

    /// <summary>Writes the summary for machines.</summary>
    /// <param name="json">Inside an open object.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteNumber("records", _result.RecordCount);
        json.WriteNumber("candidates", _result.CandidateCount);
        json.WriteNumber("links", _links);
        json.WriteNumber("possible", _possible);
        json.WriteNumber("entities", _result.EntityCount);
        json.WriteNumber("refused_links", _result.RefusedLinks);
        json.WriteNumber("tied_matches", _result.TiedMatches);
        WriteFirmness(json);
        WriteDecided(json);
        WriteUnlinkable(json);
        if (_fit is null)
        {
            json.WriteNull("converged");
        }
        else
        {
            json.WriteBoolean("converged", _fit.HasConverged);
        }

        if (_result.Completeness is { } completeness)
        {
            json.WriteNumber("pairs_completeness", completeness.Estimate);
        }
        else
        {
            json.WriteNull("pairs_completeness");
        }

        json.WriteString("report", Report);
        json.WriteStartArray("passes");
        foreach (BlockTally pass in _result.Passes)
        {
            json.WriteStartObject();
            json.WriteString("name", pass.Pass);
            json.WriteNumber("shared_blocks", pass.SharedBlocks);
            json.WriteNumber("pairs", pass.Pairs);
            json.WriteNumber("new_pairs", pass.NewPairs);
            json.WriteNumber("largest_block", pass.LargestBlock);
            json.WriteNumber("dropped_blocks", pass.DroppedBlocks);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFirmness(Utf8JsonWriter json)
    {
        json.WriteNumber("entities_of_three_or_more", _large.Length);
        json.WriteNumber("entities_with_bridges", _large.Count(entity => entity.Bridges > 0));
        if (_large.Length > 0)
        {
            json.WriteNumber("lowest_density", _large.Min(entity => entity.Density));
        }
        else
        {
            json.WriteNull("lowest_density");
        }
    }

    private string FirmnessWords() => _large.Length == 0 ? string.Empty
        : $", {Figures.Count(_large.Length)} of three records or more, "
            + $"{Figures.Count(_large.Count(entity => entity.Bridges > 0))} of them held together by a single link";

    private string? Decided => _result.DecisionUse is { Matches: 0, NonMatches: 0 }
        ? null
        : $"{Figures.Count(_result.DecisionUse.Matches)} match, {Figures.Count(_result.DecisionUse.NonMatches)} "
            + $"non-match by persons; {Figures.Count(_result.DecisionUse.NotCompared)} of them met in no pass";

    private string UnlinkableWords() =>
        $"{Figures.Count(_result.Unlinkable.Sum(party => (long)party.InNoPass))} records in no pass, "
        + $"{Figures.Count(_result.Unlinkable.Sum(party => (long)party.TooLittle))} that say too little";

    private void WriteDecided(Utf8JsonWriter json)
    {
        json.WriteStartObject("decided");
        json.WriteNumber("match", _result.DecisionUse.Matches);
        json.WriteNumber("non_match", _result.DecisionUse.NonMatches);
        json.WriteNumber("not_compared", _result.DecisionUse.NotCompared);
        json.WriteEndObject();
    }

    private void WriteUnlinkable(Utf8JsonWriter json)
    {
        json.WriteStartArray("unlinkable");
        foreach (UnlinkableRecords party in _result.Unlinkable)
        {
            json.WriteStartObject();
            json.WriteString("party", party.Party);
            json.WriteNumber("in_no_pass", party.InNoPass);
            json.WriteNumber("too_little", party.TooLittle);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private string ExpectationWords()
    {
        ThresholdRow row = _result.ThresholdTable.Rows.Last(row => row.Threshold.Value <= _result.Thresholds.Match);
        string quality = row.Links == 0
            ? "no link"
            : $"precision {Figures.Decimal(row.Precision, 4)} and recall {Figures.Decimal(row.Recall, 4)} of the "
                + "candidates,";
        return $"{quality} at a threshold of {_result.Thresholds.Match.ToString(CultureInfo.InvariantCulture)}";
    }

    private string CompletenessWords() => _result.Completeness is { } completeness
        ? $"about {Figures.Decimal(completeness.Estimate, 4)} of the true pairs in some pass "
            + $"({Figures.Decimal(completeness.Low, 4)} to {Figures.Decimal(completeness.High, 4)})"
        : $"share of true pairs not estimated: {_result.NoCompletenessReason}";

    private string EstimationWords() => _fit switch
    {
        null => "none; the given model was used",
        { HasConverged: true } => $"converged after {Figures.Count(_fit.Iterations)} iterations",
        _ => $"not converged after {Figures.Count(_fit.Iterations)} iterations",
    };
}
