using System.Globalization;
using System.Text;
using System.Text.Json;
using Linkage.Bloom.Schemas;
using Linkage.Core.Clustering;
using Linkage.Core.Model;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;

namespace Linkage.Core.Tests.Reporting;

public sealed class LinkResultFilesTests
{
    private static readonly string[] Names =
    [
        LinkResultFiles.ClustersName,
        LinkResultFiles.EntitiesName,
        LinkResultFiles.ModelName,
        LinkResultFiles.PairsName,
        LinkResultFiles.RecordsName,
        LinkResultFiles.ReportName,
        LinkResultFiles.RunName,
    ];

    private static readonly string[] Decisions = ["match", "possible", "nonMatch"];

    [Fact]
    public void Link_SmallRun_FindsTheCommonPersons()
    {
        LinkResult result = SmallRun.Link();

        Assert.Equal(80, result.Pairs.Count(pair => pair.Decision == Decision.Match));
        Assert.Contains(result.Pairs, pair => pair.Decision == Decision.NonMatch);
    }

    [Fact]
    public void Write_NewDirectory_HoldsItsFilesAndNoOther()
    {
        using var folder = new ScratchFolder();
        string directory = folder["deep/er"];

        LinkResultFiles.Write(SmallRun.Link(), directory, SmallRun.Facts);

        Assert.Equal(Names, Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_AnyFile_IsUtf8WithoutMarkAndEndsLinesByLineFeed()
    {
        using var folder = new ScratchFolder();
        LinkResultFiles.Write(SmallRun.Link(), folder.Path, SmallRun.Facts);

        foreach (string name in Names)
        {
            byte[] bytes = File.ReadAllBytes(folder[name]);
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            Assert.NotEqual('\uFEFF', text[0]);
            Assert.DoesNotContain('\r', text);
            Assert.Equal('\n', text[^1]);
        }
    }

    [Fact]
    public void Write_Pairs_ReadBackToTheResult()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.Link();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        string[] lines = File.ReadAllLines(folder[LinkResultFiles.PairsName]);

        Assert.Equal("left_party,left_handle,right_party,right_handle,weight,probability,decision,pattern", lines[0]);
        Assert.Equal(result.Pairs.Count, lines.Length - 1);
        for (int i = 0; i < result.Pairs.Count; i++)
        {
            LinkedPair pair = result.Pairs[i];
            string[] cells = lines[i + 1].Split(',');
            string word = pair.Decision switch
            {
                Decision.Match => "match",
                Decision.Possible => "possible",
                _ => "non-match",
            };
            Assert.Equal(
                [pair.Left.Party, pair.Left.Handle, pair.Right.Party, pair.Right.Handle], cells[..4]);
            Assert.Matches("^[0-9a-f]{32}$", cells[1]);
            Assert.Equal(pair.Weight.Bits, double.Parse(cells[4], CultureInfo.InvariantCulture));
            Assert.Equal(pair.Probability.Value, double.Parse(cells[5], CultureInfo.InvariantCulture));
            Assert.Equal([word, pair.Vector.ToPattern(4)], cells[6..]);
        }
    }

    [Fact]
    public void Write_Entities_ListEveryRecordOnce()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.Link();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        string[] lines = File.ReadAllLines(folder[LinkResultFiles.EntitiesName]);

        Assert.Equal("party,handle,link_id", lines[0]);
        Assert.Equal(
            Enumerable.Range(0, result.RecordCount).Select(i =>
                $"{result.Record(i).Party},{result.Record(i).Handle},{result.LinkIds[result.EntityOf(i)]}"),
            lines[1..]);
        Assert.Equal(240, lines[1..].Distinct().Count());
        Assert.All(lines[1..], line => Assert.Matches("^[a-z]+,[0-9a-f]{32},[0-9a-f]{32}$", line));
    }

    [Fact]
    public void Write_Clusters_TellTheMetricsOfEveryEntityWithLinks()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.LinkThree();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        string[] lines = File.ReadAllLines(folder[LinkResultFiles.ClustersName]);

        Assert.Equal("link_id,records,parties,pairs,density,weakest_link,bridges", lines[0]);
        Assert.Equal(result.EntityMetrics.Count, lines.Length - 1);
        foreach ((string[] cells, EntityMetrics entity) in lines[1..].Select(line => line.Split(','))
            .Zip(result.EntityMetrics))
        {
            Assert.Equal(
                [$"{entity.Records}", $"{entity.Parties}", $"{entity.Pairs}", $"{entity.Bridges}"],
                [cells[1], cells[2], cells[3], cells[6]]);
            Assert.Equal(result.LinkIds[entity.Entity], cells[0]);
            Assert.Equal(entity.Density, double.Parse(cells[4], CultureInfo.InvariantCulture));
            Assert.Equal(entity.WeakestLink, double.Parse(cells[5], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Write_Model_LoadsAndScoresTheSame()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.Link();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);

        var loaded = FellegiSunterModel.Load(folder[LinkResultFiles.ModelName]);

        Assert.All(
            result.Patterns,
            pattern => Assert.Equal(result.Model.Weigh(pattern.Vector), loaded.Weigh(pattern.Vector)));
        Assert.Equal(result.Model.PriorMatchProbability, loaded.PriorMatchProbability);
    }

    [Fact]
    public void Write_Run_TellsTheCompletenessOrWhyNot()
    {
        LinkResult result = SmallRun.Link(SmallRun.ThreePasses);
        JsonElement told = WriteCompleteness(result);
        JsonElement refused = WriteCompleteness(SmallRun.Link());

        Assert.Equal(result.Completeness!.Estimate, told.GetProperty("estimate").GetDouble());
        Assert.Equal(result.Completeness.Low, told.GetProperty("low").GetDouble());
        Assert.Equal(result.Completeness.High, told.GetProperty("high").GetDouble());
        Assert.Equal(
            ["names", "birth", "sex"],
            told.GetProperty("corePasses").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("fewer than 3 passes share no field", refused.GetProperty("notEstimated").GetString());
    }

    private static JsonElement WriteCompleteness(LinkResult result)
    {
        using var folder = new ScratchFolder();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        using var document = JsonDocument.Parse(File.ReadAllBytes(folder[LinkResultFiles.RunName]));
        return document.RootElement.GetProperty("pairsCompleteness").Clone();
    }

    [Fact]
    public void Write_Run_TellsFactsAndCounts()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.Link();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        using var document = JsonDocument.Parse(File.ReadAllBytes(folder[LinkResultFiles.RunName]));
        JsonElement run = document.RootElement;
        JsonElement counts = run.GetProperty("counts");

        Assert.Equal("linkage-run/1", run.GetProperty("format").GetString());
        Assert.Equal(SmallRun.Facts.Started, run.GetProperty("started").GetDateTimeOffset());
        Assert.Equal(65.25, run.GetProperty("elapsedSeconds").GetDouble());
        Assert.Equal("--seed 7", run.GetProperty("commandOptions")[0].GetString());
        Assert.Equal(
            SmallRun.Schema.LinkageFingerprint,
            run.GetProperty("schema").GetProperty("linkageFingerprint").GetString());
        Assert.Equal("optimal", run.GetProperty("options").GetProperty("oneToOne").GetString());
        Assert.Equal(7UL, run.GetProperty("options").GetProperty("seed").GetUInt64());
        Assert.Equal(120, run.GetProperty("files")[1].GetProperty("records").GetInt32());
        Assert.Equal(2, run.GetProperty("files")[0].GetProperty("passes").GetArrayLength());
        Assert.Equal(6, run.GetProperty("fits").GetArrayLength());
        Assert.Equal(80, counts.GetProperty("match").GetInt64());
        Assert.Equal(80, counts.GetProperty("linkedRecords").GetProperty("benefits").GetInt32());
        Assert.Equal(80, counts.GetProperty("sharedEntities").GetInt32());
        Assert.Equal(result.TiedMatches, counts.GetProperty("tiedMatches").GetInt64());
        Assert.Equal(0, counts.GetProperty("brokenPromises").GetInt64());
        Assert.Equal(0, counts.GetProperty("fallbackComponents").GetInt64());
        Assert.Equal(0, counts.GetProperty("bridgedEntities").GetInt64());
        Assert.Equal(
            result.CandidateCount,
            Decisions.Sum(name => counts.GetProperty(name).GetInt64()));
        Assert.Equal(
            run.GetProperty("passes").EnumerateArray().Sum(pass => pass.GetProperty("newPairs").GetInt64()),
            result.CandidateCount);
    }

    [Fact]
    public void Write_TwiceWithOtherFacts_GivesTheSameBytesWhereNoTimeIs()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.Link();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        IReadOnlyDictionary<string, string> first = folder.Texts();

        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts with { Started = DateTimeOffset.UnixEpoch });

        IReadOnlyDictionary<string, string> second = folder.Texts();
        string[] changed = [.. Names.Where(name => first[name] != second[name])];
        Assert.Equal([LinkResultFiles.ReportName, LinkResultFiles.RunName], changed);
    }

    [Fact]
    public void Write_UnderAnotherCulture_GivesTheSameBytes()
    {
        using var folder = new ScratchFolder();
        LinkResult result = SmallRun.Link();
        LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        IReadOnlyDictionary<string, string> first = folder.Texts();
        CultureInfo before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NumberGroupSeparator = ".";
        odd.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = odd;
            LinkResultFiles.Write(result, folder.Path, SmallRun.Facts);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(first, folder.Texts());
    }

    [Fact]
    public void Write_TargetIsADirectory_LeavesTheOlderFiles()
    {
        foreach (string blocked in Names)
        {
            using var folder = new ScratchFolder();
            LinkResultFiles.Write(SmallRun.FindDuplicates(), folder.Path, SmallRun.Facts);
            File.Delete(folder[blocked]);
            Directory.CreateDirectory(folder[blocked]);
            IReadOnlyDictionary<string, string> before = folder.Texts();

            Assert.Throws<IOException>(() => LinkResultFiles.Write(SmallRun.Link(), folder.Path, SmallRun.Facts));

            Assert.Equal(Names.Length - 1, before.Count);
            Assert.Equal(before, folder.Texts());
        }
    }

    [Fact]
    public void Write_ModelThatCannotBeWritten_LeavesTheOlderFiles()
    {
        using var folder = new ScratchFolder();
        LinkResultFiles.Write(SmallRun.FindDuplicates(), folder.Path, SmallRun.Facts);
        IReadOnlyDictionary<string, string> before = folder.Texts();
        FellegiSunterModel model = SmallRun.Link().Model;
        ComparisonModel halved = model.Comparisons[0] with
        {
            Levels =
            [
                .. model.Comparisons[0].Levels.Select(level => level with { MProbability = level.MProbability / 2 }),
            ],
        };
        model = model with { Comparisons = [halved, .. model.Comparisons.Skip(1)] };
        LinkResult result = SmallRun.Link(options: new LinkerOptions { Seed = 7, Model = model });

        Assert.Throws<InvalidOperationException>(() => LinkResultFiles.Write(result, folder.Path, SmallRun.Facts));

        Assert.Equal(before, folder.Texts());
    }

    [Fact]
    public void Write_Cancelled_LeavesTheOlderFiles()
    {
        using var folder = new ScratchFolder();
        LinkResultFiles.Write(SmallRun.FindDuplicates(), folder.Path, SmallRun.Facts);
        IReadOnlyDictionary<string, string> before = folder.Texts();

        Assert.Throws<OperationCanceledException>(
            () => LinkResultFiles.Write(SmallRun.Link(), folder.Path, SmallRun.Facts, new CancellationToken(true)));

        Assert.Equal(before, folder.Texts());
    }

    [Fact]
    public void Write_AnyFile_HoldsNothingOfTheRecords()
    {
        foreach (ProtectionProfile profile in new[] { ProtectionProfile.Standard, ProtectionProfile.Research })
        {
            using var folder = new ScratchFolder();
            LinkResultFiles.Write(
                SmallRun.Link(SmallRun.Schema with { Profile = profile }), folder.Path, SmallRun.Facts);

            foreach (string text in folder.Texts().Values)
            {
                Assert.All(
                    SmallRun.Secrets,
                    secret => Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
            }
        }
    }

    [Fact]
    public void Write_NothingInCommon_StillGivesAllFiles()
    {
        using var folder = new ScratchFolder();

        LinkResultFiles.Write(SmallRun.LinkStrangers(), folder.Path, SmallRun.Facts);

        Assert.Single(File.ReadAllLines(folder[LinkResultFiles.PairsName]));
        Assert.Equal(3, File.ReadAllLines(folder[LinkResultFiles.EntitiesName]).Length);
        Assert.Equal(Names.Length, folder.Texts().Count);
    }
}
