using System.Globalization;
using System.Text.RegularExpressions;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Tests.Telemetry;

public sealed partial class PrometheusCollectorTests : IDisposable
{
    private const string Start = "linkage.v1.ExchangeService/StartUpload";
    private const string Canary = "Zanzibarov";

    private readonly SidecarMetrics _metrics = new([Start]);
    private readonly PrometheusCollector _collector;

    public PrometheusCollectorTests()
    {
        _collector = new PrometheusCollector(_metrics.Meter);
    }

    [Fact]
    public void Write_Calls_AreCountedByRpcAndStatus()
    {
        _metrics.CallEnded(Start, 0, TimeSpan.FromMilliseconds(5));
        _metrics.CallEnded(Start, 0, TimeSpan.FromMilliseconds(500));
        _metrics.CallEnded(Start, 16, TimeSpan.FromHours(1));

        Dictionary<string, double> figures = Parse(_collector.Write());

        Assert.Equal(2, figures[$"linkage_calls_total{{rpc=\"{Start}\",status=\"OK\"}}"]);
        Assert.Equal(1, figures[$"linkage_calls_total{{rpc=\"{Start}\",status=\"UNAUTHENTICATED\"}}"]);
        Assert.Equal(0, figures[$"linkage_call_duration_seconds_bucket{{rpc=\"{Start}\",le=\"0.003\"}}"]);
        Assert.Equal(1, figures[$"linkage_call_duration_seconds_bucket{{rpc=\"{Start}\",le=\"0.01\"}}"]);
        Assert.Equal(2, figures[$"linkage_call_duration_seconds_bucket{{rpc=\"{Start}\",le=\"300\"}}"]);
        Assert.Equal(3, figures[$"linkage_call_duration_seconds_bucket{{rpc=\"{Start}\",le=\"+Inf\"}}"]);
        Assert.Equal(3, figures[$"linkage_call_duration_seconds_count{{rpc=\"{Start}\"}}"]);
        Assert.Equal(3600.505, figures[$"linkage_call_duration_seconds_sum{{rpc=\"{Start}\"}}"], 1e-9);
    }

    [Fact]
    public void Write_UploadsAndRuns_GoUpAndDown()
    {
        _metrics.UploadsChanged(1);
        _metrics.UploadsChanged(1);
        _metrics.UploadsChanged(-1);
        _metrics.RunMoved(null, "queued");
        _metrics.RunMoved("queued", "running");

        Dictionary<string, double> figures = Parse(_collector.Write());

        Assert.Equal(1, figures["linkage_active_uploads"]);
        Assert.Equal(0, figures["linkage_runs{state=\"queued\"}"]);
        Assert.Equal(1, figures["linkage_runs{state=\"running\"}"]);
    }

    [Fact]
    public void Write_IdsGivenForLabels_BecomeOther()
    {
        for (int i = 0; i < 1000; i++)
        {
            string id = FormattableString.Invariant($"{Canary}-{i}");
            _metrics.CallEnded(id, 1000 + i, TimeSpan.Zero);
            _metrics.CallEnded($"{Start}/{id}", -i - 1, TimeSpan.Zero);
            _metrics.Received(id, 1);
            _metrics.Sent(id, 1);
            _metrics.RunMoved(id, id);
        }

        string text = _collector.Write();

        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.Equal(2000, Parse(text)["linkage_calls_total{rpc=\"other\",status=\"other\"}"]);
        Assert.InRange(text.Count(c => c == '\n'), 1, 40);
    }

    [Fact]
    public void Write_AnotherMeterOfTheName_IsNotListenedTo()
    {
        using SidecarMetrics other = new([Start]);

        other.UploadsChanged(1);

        Assert.Empty(_collector.Write());
    }

    [Fact]
    public void Write_InAnotherCulture_IsTheSame()
    {
        _metrics.CallEnded(Start, 0, TimeSpan.FromSeconds(1.5));
        string expected = _collector.Write();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Assert.Equal(expected, _collector.Write());
            Assert.Contains("_sum{rpc=\"" + Start + "\"} 1.5\n", expected, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public void Dispose()
    {
        _collector.Dispose();
        _metrics.Dispose();
    }

    /// <summary>Reads the text as its grammar says, and fails on any line that is not in it.</summary>
    private static Dictionary<string, double> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Dictionary<string, double> figures = [];
        string family = string.Empty;
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                Assert.True(words[1] == "HELP" || (words[1] == "TYPE" && words[2] == family));
                family = words[2];
                continue;
            }

            Match match = Sample().Match(line);
            Assert.True(match.Success, line);
            Assert.StartsWith(family, match.Groups["name"].Value, StringComparison.Ordinal);
            figures.Add(
                match.Groups["name"].Value + match.Groups["labels"].Value,
                double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        }

        return figures;
    }

    [GeneratedRegex("""
        ^(?<name>[a-z_]+)(?<labels>\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? (?<value>-?[0-9.E+-]+)$
        """)]
    private static partial Regex Sample();
}
