using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;
using Linkage.Core.Clustering;
using Linkage.Core.Estimation;

namespace Linkage.Core.Reporting;

/// <summary>The facts of a run for machines, <c>linkage-run/1</c>.</summary>
internal static class RunFile
{
    private const string Format = "linkage-run/1";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Version of the library that links.</summary>
    public static string Software { get; } = typeof(RunFile).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void Write(LinkResult result, RunFacts facts, Stream stream)
    {
        RunCounts counts = RunCounts.From(result);
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteString("software", Software);
            writer.WriteString("started", facts.Started.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
            writer.WriteNumber("elapsedSeconds", facts.Elapsed.TotalSeconds);
            WriteTexts(writer, "commandOptions", facts.CommandOptions);
            WriteProject(writer, result);
            WriteOptions(writer, result);
            WriteCounts(writer, result, counts);
            WriteList(writer, "files", result.Files, WriteFile);
            WriteList(writer, "passes", result.Passes, WritePass);
            WriteCompleteness(writer, result);
            WriteDecisions(writer, result);
            ThresholdsPart.Write(writer, result.ThresholdTable);
            WriteList(writer, "fits", result.Fits, WriteFit);
            RunFileEstimation.Write(writer, result);
            WriteList(writer, "unlinkable", result.Unlinkable, WriteUnlinkable);
            WriteList(writer, "entitySizes", counts.EntitySizes, WriteSize);
            WriteTexts(writer, "warnings", RunWarnings.Find(result, counts));
            writer.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void WriteProject(Utf8JsonWriter writer, LinkResult result)
    {
        EncodedFileHeader first = result.Files[0];
        writer.WriteString("project", first.Project);
        writer.WriteString("keyId", first.KeyId);
        writer.WriteNumber("epoch", first.Epoch);
        writer.WriteStartObject("schema");
        writer.WriteString("name", result.Schema.Name);
        writer.WriteString("encodingFingerprint", result.Schema.EncodingFingerprint);
        writer.WriteString("linkageFingerprint", result.Schema.LinkageFingerprint);
        writer.WriteString("profile", result.Schema.Profile == ProtectionProfile.Research ? "research" : "standard");
        writer.WriteNumber("matchThreshold", result.Schema.Thresholds.Match);
        writer.WriteNumber("possibleThreshold", result.Schema.Thresholds.Possible);
        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, LinkResult result)
    {
        LinkerOptions options = result.Options;
        writer.WriteStartObject("options");
        writer.WriteString("oneToOne", WordOf(options.OneToOne));
        WriteTexts(writer, "duplicateParties", options.DuplicateParties);
        writer.WriteNumber("keepWeight", options.KeepWeight);
        if (options.Seed is { } seed)
        {
            writer.WriteNumber("seed", seed);
        }
        else
        {
            writer.WriteNull("seed");
        }

        if (options.TargetFalseDiscovery is { } target)
        {
            writer.WriteNumber("targetFalseDiscovery", target);
        }
        else
        {
            writer.WriteNull("targetFalseDiscovery");
        }

        writer.WriteBoolean("modelGiven", options.Model is not null);
        writer.WriteNumber("maxIterations", options.Estimation.MaxIterations);
        writer.WriteNumber("tolerance", options.Estimation.Tolerance);
        writer.WriteNumber("mPriorPairs", options.Estimation.MPriorPairs);
        writer.WriteNumber("uPriorPairs", options.Estimation.UPriorPairs);
        WriteTexts(
            writer,
            "interactions",
            [.. options.Estimation.Interactions.Select(pair => $"{pair.First}+{pair.Second}")]);
        writer.WriteBoolean("priorModelGiven", options.Estimation.PriorModel is not null);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, LinkResult result, RunCounts counts)
    {
        writer.WriteStartObject("counts");
        writer.WriteNumber("records", result.RecordCount);
        writer.WriteNumber("candidatePairs", result.CandidateCount);
        writer.WriteNumber("patterns", result.Patterns.Count);
        writer.WriteNumber("match", counts.Matches);
        writer.WriteNumber("possible", counts.Possibles);
        writer.WriteNumber("nonMatch", counts.NonMatches);
        writer.WriteNumber("lostToBetterPartner", counts.LostPairs);
        writer.WriteNumber("writtenPairs", result.Pairs.Count);
        writer.WriteNumber("entities", result.EntityCount);
        writer.WriteNumber("sharedEntities", counts.SharedEntities);
        writer.WriteNumber("refusedLinks", result.RefusedLinks);
        writer.WriteNumber("brokenPromises", result.BrokenPromises);
        writer.WriteNumber("tiedMatches", result.TiedMatches);
        writer.WriteNumber("fallbackComponents", result.FallbackComponents);
        writer.WriteNumber("bridgedEntities", counts.BridgedEntities);
        writer.WriteStartObject("decided");
        writer.WriteNumber("match", result.DecisionUse.Matches);
        writer.WriteNumber("nonMatch", result.DecisionUse.NonMatches);
        writer.WriteNumber("notCompared", result.DecisionUse.NotCompared);
        writer.WriteEndObject();
        writer.WriteStartObject("linkedRecords");
        for (int file = 0; file < result.Files.Count; file++)
        {
            writer.WriteNumber(result.Files[file].Party, counts.LinkedRecords[file]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter writer, EncodedFileHeader file)
    {
        writer.WriteString("party", file.Party);
        writer.WriteString("software", file.Software);
        writer.WriteNumber("records", file.RecordCount);
        writer.WriteNumber("unusableRecords", file.UnusableRecords);
        WriteList(writer, "fields", file.Fields.Index(), (inner, field) =>
        {
            inner.WriteString("name", file.Schema.Fields[field.Index].Name);
            inner.WriteNumber("present", field.Item.Present);
            inner.WriteNumber("cut", field.Item.Cut);
            inner.WriteNumber("invalidDates", field.Item.InvalidDates);
        });
        WriteList(writer, "passes", file.Passes.Index(), (inner, pass) =>
        {
            inner.WriteString("name", file.Schema.Passes[pass.Index].Name);
            inner.WriteNumber("rows", pass.Item.Rows);
            inner.WriteNumber("withoutKey", pass.Item.WithoutKey);
            inner.WriteNumber("droppedRecords", pass.Item.DroppedRecords);
            inner.WriteNumber("droppedBlocks", pass.Item.DroppedBlocks);
            inner.WriteNumber("largestBlock", pass.Item.LargestBlock);
        });
    }

    private static void WritePass(Utf8JsonWriter writer, BlockTally pass)
    {
        writer.WriteString("name", pass.Pass);
        writer.WriteNumber("sharedBlocks", pass.SharedBlocks);
        writer.WriteNumber("pairs", pass.Pairs);
        writer.WriteNumber("newPairs", pass.NewPairs);
        writer.WriteNumber("largestBlock", pass.LargestBlock);
        writer.WriteNumber("droppedBlocks", pass.DroppedBlocks);
    }

    private static void WriteCompleteness(Utf8JsonWriter writer, LinkResult result)
    {
        writer.WriteStartObject("pairsCompleteness");
        if (result.Completeness is { } completeness)
        {
            writer.WriteNumber("estimate", completeness.Estimate);
            writer.WriteNumber("low", completeness.Low);
            writer.WriteNumber("high", completeness.High);
            WriteTexts(writer, "corePasses", completeness.CorePasses);
        }
        else
        {
            writer.WriteString("notEstimated", result.NoCompletenessReason);
        }

        writer.WriteEndObject();
    }

    private static void WriteDecisions(Utf8JsonWriter writer, LinkResult result)
    {
        writer.WriteStartObject("decisions");
        writer.WriteNumber("matchThreshold", result.Thresholds.Match);
        writer.WriteNumber("possibleThreshold", result.Thresholds.Possible);
        writer.WriteNumber("posteriorScaleBits", result.PosteriorScaleBits);
        writer.WriteEndObject();
        if (result.Calibration is { } calibration)
        {
            writer.WriteStartObject("calibration");
            writer.WriteNumber("surePairs", calibration.SurePairs);
            writer.WriteNumber("expectedErrors", calibration.ExpectedErrors);
            writer.WriteNumber("provenErrors", calibration.ProvenErrors);
            writer.WriteString("verdict", calibration.IsTooSure ? "too sure" : "consistent");
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("calibration");
        }
    }

    private static void WriteFit(Utf8JsonWriter writer, EmFit fit)
    {
        writer.WriteString("start", fit.Start);
        writer.WriteNumber("iterations", fit.Iterations);
        writer.WriteBoolean("converged", fit.HasConverged);
        writer.WriteNumber("lastChange", fit.LastChange);
        writer.WriteNumber("logLikelihood", fit.LogLikelihood);
        writer.WriteNumber("prior", fit.PriorMatchProbability);
        writer.WriteNumber("excessMatches", fit.ExcessMatches);
        writer.WriteBoolean("chosen", fit.IsChosen);
    }

    private static void WriteUnlinkable(Utf8JsonWriter writer, UnlinkableRecords party)
    {
        writer.WriteString("party", party.Party);
        writer.WriteNumber("records", party.Records);
        writer.WriteNumber("inNoPass", party.InNoPass);
        writer.WriteNumber("tooLittle", party.TooLittle);
    }

    private static void WriteSize(Utf8JsonWriter writer, EntitySize size)
    {
        writer.WriteNumber("records", size.Records);
        writer.WriteNumber("entities", size.Entities);
    }

    private static void WriteList<T>(
        Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string WordOf(OneToOneMode mode) => mode switch
    {
        OneToOneMode.Optimal => "optimal",
        OneToOneMode.Greedy => "greedy",
        _ => "off",
    };
}
