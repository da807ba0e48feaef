using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Linkage.Bloom.Schemas;
using Linkage.Core.Clustering;
using Linkage.Core.Estimation;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;

namespace Linkage.Core.Tests.Reporting;

public sealed partial class LinkageReportTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void RefusedLinks_AnyFiles_SpeakOfPartiesOnlyWhenThereAreSeveral(int files, bool expected)
    {
        string warning = RunWarnings.RefusedLinks(57, files);

        Assert.StartsWith("57 links were not followed", warning, StringComparison.Ordinal);
        Assert.Equal(expected, warning.Contains("two records of one party", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_AnyResult_IsWellFormedAndNamesEachIdOnce()
    {
        foreach (LinkResult result in new[] { SmallRun.Link(), SmallRun.FindDuplicates(), SmallRun.LinkStrangers() })
        {
            XDocument report = Parse(Write(result));
            string[] ids = [.. report.Descendants().Attributes("id").Select(id => id.Value)];

            Assert.Equal("html", report.Root!.Name);
            Assert.Equal(ids.Distinct(), ids);
            Assert.All(
                report.Descendants("a").Attributes("href"), link => Assert.Contains(link.Value[1..], ids));
        }
    }

    [Fact]
    public void Write_AnyResult_LoadsNothingAndRunsNothing()
    {
        string report = Write(SmallRun.Link());
        string lower = report.ToLowerInvariant();

        Assert.DoesNotContain("://", report, StringComparison.Ordinal);
        Assert.All(
            ["<script", "src=", "http:", "https:", "url(", "@import", "javascript:", "<img", "<link",
                "<iframe", "style=\""],
            banned => Assert.DoesNotContain(banned, lower, StringComparison.Ordinal));
        Assert.DoesNotMatch(Handler(), report);
        Assert.All(Parse(report).Descendants().Attributes("href"), link => Assert.Equal('#', link.Value[0]));
    }

    [Fact]
    public void Write_Policy_AllowsTheStyleSheetOfTheFileAndNothingElse()
    {
        string report = Write(SmallRun.Link());
        XElement policy = Parse(report).Descendants("meta")
            .Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");

        // HTML takes the content of a style element as it stands, so it is the raw text that has to have the hash.
        string style = report.Split("<style>")[1].Split("</style>")[0];
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        string[] directives = policy.Attribute("content")!.Value.Split("; ");

        Assert.Contains("default-src 'none'", directives);
        Assert.Contains("img-src 'none'", directives);
        Assert.Contains($"style-src 'sha256-{hash}'", directives);
        Assert.Equal(style, Parse(report).Descendants("style").Single().Value);
        Assert.DoesNotContain(directives, directive => directive.Contains("unsafe", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_HostileText_StaysText()
    {
        const string Hostile = "</style></td><script>alert(1)</script> & \" ' <img src=x onerror=y>";
        const string NoText = "\u0001 \uD800 \uFFFF";
        LinkResult result = SmallRun.Link(SmallRun.Schema with { Name = Hostile, Notes = Hostile });
        string report = Write(result, SmallRun.Facts with { CommandOptions = [Hostile, NoText] });
        XDocument parsed = Parse(report);

        Assert.Empty(parsed.Descendants("script"));
        Assert.Empty(parsed.Descendants("img"));
        Assert.Equal(3, parsed.Descendants("td").Count(cell => cell.Value == Hostile));
        Assert.Single(parsed.Descendants("td"), cell => cell.Value == "\uFFFD \uFFFD \uFFFD");
    }

    [Fact]
    public void Write_FirstSection_TellsTheFourFigures()
    {
        LinkResult result = SmallRun.Link();
        XElement summary = Section(Write(result), "summary");
        string[] figures =
        [
            .. summary.Descendants("dd").Where(dd => (string?)dd.Attribute("class") == "figure").Select(dd => dd.Value),
        ];

        Assert.Equal(["240", "80", FigureText.Count(CountPossible(result)), "160"], figures);
        Assert.Contains("80 persons are known to two parties or more", summary.Value, StringComparison.Ordinal);
        Assert.Contains("probability of 50 % or more", summary.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Drawings_HaveTitleDescriptionAndLabels()
    {
        XElement[] drawings =
        [
            .. Parse(Write(SmallRun.Link())).Descendants("svg").Where(svg => (string?)svg.Attribute("role") == "img"),
        ];

        Assert.Equal(3, drawings.Length);
        Assert.All(drawings, drawing =>
        {
            Assert.Equal(
                $"{drawing.Element("title")!.Attribute("id")!.Value} {drawing.Element("desc")!.Attribute("id")!.Value}",
                drawing.Attribute("aria-labelledby")!.Value);
            Assert.NotEmpty(drawing.Elements("text"));
        });
    }

    [Fact]
    public void Write_Histogram_HasTwoLimitLines()
    {
        XElement decisions = Section(Write(SmallRun.Link()), "decisions");

        Assert.Equal(2, decisions.Descendants("line").Count(line => (string?)line.Attribute("class") == "limit"));
    }

    [Fact]
    public void Write_ResearchProfile_ShowsTheBanner()
    {
        string research = Write(SmallRun.Link(SmallRun.Schema with { Profile = ProtectionProfile.Research }));

        string header = Parse(research).Descendants("header").Single().Value;
        Assert.Contains("protect nobody", header, StringComparison.Ordinal);
        Assert.DoesNotContain("protect nobody", Write(SmallRun.Link()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StoppedEstimation_IsSaidInWords()
    {
        var options = new LinkerOptions { Seed = 7, Estimation = new EmOptions { MaxIterations = 2 } };
        string report = Write(SmallRun.Link(options: options));

        Assert.Contains("did not settle", Section(report, "estimation").Value, StringComparison.Ordinal);
        Assert.Contains("stopped at its limit of 2", Section(report, "warnings").Value, StringComparison.Ordinal);
        Assert.Contains("settled after", Section(Write(SmallRun.Link()), "estimation").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_GivenModel_SaysThatNothingWasEstimated()
    {
        LinkResult first = SmallRun.Link();
        string report = Write(SmallRun.Link(options: new LinkerOptions { Seed = 7, Model = first.Model }));

        Assert.Contains("The model was given", Section(report, "estimation").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManyDroppedRecords_AreWarnedOf()
    {
        string report = Write(SmallRun.Link(SmallRun.Schema with { BlockLimit = 3 }));

        Assert.Matches(
            @"health, pass name-year: \d+ \(\d+\.\d %\) of the records left", Section(report, "warnings").Value);
    }

    [Fact]
    public void Write_LevelsOutOfOrder_AreFlaggedAndWarnedOf()
    {
        LinkResult first = SmallRun.Link();
        var disordered = first.Model with
        {
            Comparisons =
            [
                .. first.Model.Comparisons.Select((comparison, i) => comparison with
                {
                    Levels = [.. comparison.Levels.Select(level => level with { IsOutOfOrder = i == 0 })],
                }),
            ],
        };
        string report = Write(SmallRun.Link(options: new LinkerOptions { Seed = 7, Model = disordered }));

        Assert.Contains(
            "In first a better level has a lower weight", Section(report, "warnings").Value, StringComparison.Ordinal);
        Assert.Equal(
            first.Model.Comparisons[0].Levels.Count,
            Section(report, "model").Descendants("span").Count(span => span.Value == "out of order"));
    }

    [Fact]
    public void Write_ThreeDisjointPasses_TellsTheCompleteness()
    {
        LinkResult result = SmallRun.Link(SmallRun.ThreePasses);
        string report = Write(result);
        string share = FigureText.FineShare(result.Completeness!.Estimate);

        Assert.Contains($"About {share} of the pairs", Section(report, "summary").Value, StringComparison.Ordinal);
        string section = Section(report, "completeness").Value;
        Assert.Contains($"About {share} of the pairs", section, StringComparison.Ordinal);
        Assert.Contains("from the passes names, birth, sex,", section, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TwoPasses_SaysWhyThereIsNoCompleteness()
    {
        string report = Write(SmallRun.Link());

        Assert.All(
            ["summary", "completeness"],
            id => Assert.Contains(
                "fewer than 3 passes share no field.", Section(report, id).Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ThreeParties_TellsHowFirmlyEntitiesHangTogether()
    {
        LinkResult result = SmallRun.LinkThree();
        EntityMetrics[] large = [.. result.EntityMetrics.Where(entity => entity.Records == 3)];

        XElement row = Assert.Single(Section(Write(result), "entities").Descendants("table").Last()
            .Descendants("tbody").Descendants("tr"));

        Assert.NotEmpty(large);
        Assert.Equal(
            [
                "3",
                FigureText.Count(large.Length),
                FigureText.CountAndShare(large.Count(entity => entity.Pairs == 3), large.Length),
                FigureText.CountAndShare(large.Count(entity => entity.Bridges > 0), large.Length),
                FigureText.Share(large.Min(entity => entity.Density)),
                FigureText.Probability(large.Min(entity => entity.WeakestLink)),
            ],
            row.Elements().Select(cell => cell.Value));
    }

    [Fact]
    public void Write_TwoParties_HaveNoLargeEntitiesToDoubt() =>
        _ = Assert.Single(Section(Write(SmallRun.Link()), "entities").Descendants("table"));

    [Fact]
    public void Write_PartnersWithTheSameValues_WarnsOfTheArbitraryChoice()
    {
        LinkResult result = SmallRun.LinkTwins();

        Assert.Equal(2, result.TiedMatches);
        Assert.Contains(
            "2 links were chosen by the order of records alone",
            Section(Write(result), "warnings").Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Stream_StaysOpen()
    {
        using var stream = new MemoryStream();

        LinkageReport.Write(SmallRun.LinkStrangers(), SmallRun.Facts, stream);

        Assert.True(stream.CanWrite);
    }

    [Fact]
    public void Write_NoPairReachesAThreshold_RecommendsNone()
    {
        string report = Write(SmallRun.LinkStrangers());

        Assert.Contains("No pair reaches any of these thresholds.", report, StringComparison.Ordinal);
        Assert.DoesNotContain("are expected to be fewest", report, StringComparison.Ordinal);
    }

    private static int CountPossible(LinkResult result) =>
        result.Pairs.Count(pair => pair.Decision == Decision.Possible);

    private static string Write(LinkResult result, RunFacts? facts = null)
    {
        using var stream = new MemoryStream();
        LinkageReport.Write(result, facts ?? SmallRun.Facts, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XElement Section(string report, string id) =>
        Parse(report).Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    private static XDocument Parse(string report)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(report), settings);
        return XDocument.Load(reader);
    }

    [GeneratedRegex(@"<[^>]*\son[a-z]+\s*=")]
    private static partial Regex Handler();
}
