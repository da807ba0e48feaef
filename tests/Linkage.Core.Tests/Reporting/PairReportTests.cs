using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Reporting;

public sealed class PairReportTests
{
    private static XDocument Report(FellegiSunterModel model, ComparisonVector vector, double probability)
    {
        using var stream = new MemoryStream();
        PairReport.Write(model, vector, new MatchProbability(probability), Decision.Possible, stream);
        stream.Position = 0;
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [Fact]
    public void Write_AnyPair_HasABarForEachPartPriorAndSum()
    {
        XDocument report = Report(TestModels.TwoKinds, Met.Vector(2, 0), 0.25);

        XElement table = report.Descendants("tbody").Single();
        string[] rows = [.. table.Elements("tr").Select(row => row.Element("th")!.Value)];
        Assert.Equal(["c0", "c1", "what brought the pair", "prior", "sum"], rows);
        Assert.Equal(rows.Length, report.Descendants("svg").Single().Elements("rect").Count());
    }

    [Fact]
    public void Write_Bars_EachBeginsWhereTheOneBeforeEnded()
    {
        XElement[] bars =
            [.. Report(TestModels.OneKind, Met.Vector(2, 2), 0.9).Descendants("svg").Single().Elements("rect")];

        // Both levels speak for one person, the prior against: right, right, nothing, left.
        Assert.Equal(End(bars[0]), Start(bars[1]), 1);
        Assert.Equal(End(bars[1]), End(bars[3]), 1);
        Assert.Equal(Start(bars[3]), End(bars[4]), 1);
        Assert.Equal(
            "match match other match",
            string.Join(' ', bars.Where((_, bar) => bar != 2).Select(bar => bar.Attribute("class")!.Value)));

        static double Start(XElement bar) => double.Parse(bar.Attribute("x")!.Value, CultureInfo.InvariantCulture);
        static double End(XElement bar) =>
            Start(bar) + double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Write_ProbabilityOfItsOwn_SaysThatOthersCompete()
    {
        double alone = MatchProbability.From(
            TestModels.OneKind.Weigh(Met.Vector(2, 2)), TestModels.OneKind.PriorMatchProbability).Value;

        string same = Report(TestModels.OneKind, Met.Vector(2, 2), alone).Root!.Value;
        string other = Report(TestModels.OneKind, Met.Vector(2, 2), alone / 2).Root!.Value;

        Assert.DoesNotContain("Taken alone", same, StringComparison.Ordinal);
        Assert.Contains("Taken alone", other, StringComparison.Ordinal);
    }
}
