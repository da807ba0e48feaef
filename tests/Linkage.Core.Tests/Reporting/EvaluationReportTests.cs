using System.Text;
using System.Xml;
using System.Xml.Linq;
using Linkage.Core.Evaluation;
using Linkage.Core.Reporting;
using Linkage.Core.Tests.Evaluation;

namespace Linkage.Core.Tests.Reporting;

public sealed class EvaluationReportTests
{
    private const string Hostile = "</style></td><script>alert(1)</script> & \" ' <img src=x onerror=y>";

    [Fact]
    public void Write_Pairs_HasEverySectionAndNamesEachIdOnce()
    {
        XDocument report = Parse(Write(Pairs()));
        string[] ids = [.. report.Descendants().Attributes("id").Select(id => id.Value)];

        Assert.Equal(
            ["summary", "groups", "curve", "roc", "calibration", "patterns"],
            report.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(report.Descendants("a").Attributes("href"), link => Assert.Contains(link.Value[1..], ids));
        Assert.Equal(3, report.Descendants("svg").Count());
    }

    [Fact]
    public void Write_Entities_HasWhatNeedsNoWeights()
    {
        EvaluationRecords records = new(2, [0, 1], [0, 0]);
        XDocument report = Parse(Write(LinkageEvaluator.EvaluateEntities(records, [0, 0])));

        Assert.Equal("summary", Assert.Single(report.Descendants("section")).Attribute("id")!.Value);
        Assert.Contains("B-cubed recall", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileLabel_StaysText()
    {
        string text = Write(Pairs());
        XDocument report = Parse(text);

        Assert.Empty(report.Descendants("script"));
        Assert.Empty(report.Descendants("img"));
        Assert.Equal(2, report.Descendants("th").Count(cell => cell.Value == Hostile));
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", report.Descendants("meta").Attributes("content")
            .Select(content => content.Value.Split(';')[0]));
    }

    [Fact]
    public void Write_Charts_StayWithinTheirFrame()
    {
        XElement[] lines = [.. Parse(Write(Pairs())).Descendants("line")];

        Assert.NotEmpty(lines);
        Assert.All(lines.Attributes().Where(one => one.Name.LocalName is "x1" or "x2"), x =>
            Assert.InRange((double)x, 0, 760));
        Assert.All(lines.Attributes().Where(one => one.Name.LocalName is "y1" or "y2"), y =>
            Assert.InRange((double)y, 0, 420));
    }

    [Fact]
    public void Write_SameEvaluation_GivesTheSameBytes() => Assert.Equal(Write(Pairs()), Write(Pairs()));

    [Theory]
    [InlineData(SubgroupFigure.Recall, "recall 2.1 points below the best group (95 % interval 1.0 to 3.2): people of "
        + "this group are missed more often")]
    [InlineData(SubgroupFigure.Precision, "precision 2.1 points below the best group (95 % interval 1.0 to 3.2): "
        + "people of this group are linked to strangers more often")]
    [InlineData(SubgroupFigure.Unlinkable, "2.1 points more unlinkable records than in the best group (95 % interval "
        + "1.0 to 3.2): more people of this group cannot be found at all")]
    public void Verdict_GapBeyondChance_SaysWhatItMeans(SubgroupFigure figure, string expected) => Assert.Equal(
        expected, EvaluationReport.Verdict(Group(9, new SubgroupGap(figure, new(0.021, 0.01, 0.032)))));

    [Fact]
    public void Verdict_NoGapBeyondChance_TellsLargeGroupsFromSmall()
    {
        SubgroupGap gap = new(SubgroupFigure.Recall, new(0.021, -0.01, 0.052));

        Assert.Equal(
            "no difference beyond chance (recall is at most 5.2 points below the best group)",
            EvaluationReport.Verdict(Group(50, gap)));
        Assert.Equal("no difference beyond chance", EvaluationReport.Verdict(Group(50)));
        Assert.Equal("too few pairs to say", EvaluationReport.Verdict(Group(49, gap)));
    }

    [Theory]
    [InlineData(true, 0.5, "the truth is higher")]
    [InlineData(true, 0.98, "the truth agrees with it")]
    [InlineData(false, 0.98, "that cannot be checked")]
    public void Findings_StatedCompleteness_IsComparedIfTheListIsWhole(bool isWhole, double stated, string expected)
    {
        LinkageEvaluation evaluation = Pairs() with
        {
            Facts = new EvaluationFacts
            {
                HasEveryCandidate = isWhole,
                StatedCompleteness = new PairsCompleteness(stated, stated - 0.01, stated + 0.02, []),
            },
        };

        Assert.Contains(
            EvaluationReport.Findings(evaluation), line => line.Contains(expected, StringComparison.Ordinal));
    }

    private static SubgroupQuality Group(long truePairs, params SubgroupGap[] gaps) => new()
    {
        Group = "x",
        Records = 2 * truePairs,
        Quality = new LinkageQuality(truePairs, truePairs, truePairs),
        Precision = new IntervalEstimate(1, 1, 1),
        Recall = new IntervalEstimate(1, 1, 1),
        F1 = new IntervalEstimate(1, 1, 1),
        Gaps = gaps,
    };

    private static LinkageEvaluation Pairs()
    {
        SimulatedLinkage linkage = new(7, 100);
        EvaluationRecords known = linkage.Records;
        int[] records = [.. Enumerable.Range(0, known.Count)];
        EvaluationRecords named = new(
            2,
            known.Sources,
            [.. records.Select(known.Truth)],
            [.. records.Select(record => record % 2 == 0 ? Hostile : "g")]);
        return LinkageEvaluator.EvaluatePairs(
            named,
            [
                .. linkage.Pairs.Select(pair => pair with
                {
                    Probability = pair.Weight / 10,
                    Pattern = $"{pair.Weight}",
                }),
            ]);
    }

    private static string Write(LinkageEvaluation evaluation)
    {
        using var stream = new MemoryStream();
        EvaluationReport.Write(evaluation, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XDocument Parse(string report)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(report), settings);
        return XDocument.Load(reader);
    }
}
