using System.Globalization;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Tests.Telemetry;

public sealed class PrometheusCollectorTests : IDisposable
{
    private const string Start = "linkage.v1.ExchangeService/StartUpload";
    private const string Canary = "Zanzibarov";
    private const string Calls = "rpc_server_call_duration_seconds";

    private readonly SidecarMetrics _metrics = new([Start]);
    private readonly PrometheusCollector _collector;

    public PrometheusCollectorTests()
    {
        _collector = new PrometheusCollector(_metrics.Meter);
    }

    [Fact]
    public void Write_Calls_AreCountedByRpcAndStatus()
    {
        End(Start, 0, TimeSpan.FromMilliseconds(4));
        End(Start, 0, TimeSpan.FromMilliseconds(500));
        End(Start, 16, TimeSpan.FromHours(1));

        Dictionary<string, double> figures = PrometheusText.Parse(_collector.Write());

        Assert.Equal(2, figures[$"{Calls}_count{{{Labels("OK")}}}"]);
        Assert.Equal(1, figures[$"{Calls}_bucket{{{Labels("OK")},le=\"0.005\"}}"]);
        Assert.Equal(1, figures[$"{Calls}_bucket{{{Labels("OK")},le=\"0.25\"}}"]);
        Assert.Equal(2, figures[$"{Calls}_bucket{{{Labels("OK")},le=\"0.5\"}}"]);
        Assert.Equal(2, figures[$"{Calls}_bucket{{{Labels("OK")},le=\"+Inf\"}}"]);
        Assert.Equal(0, figures[$"{Calls}_bucket{{{Labels("UNAUTHENTICATED")},le=\"10\"}}"]);
        Assert.Equal(1, figures[$"{Calls}_bucket{{{Labels("UNAUTHENTICATED")},le=\"+Inf\"}}"]);
        Assert.Equal(3600, figures[$"{Calls}_sum{{{Labels("UNAUTHENTICATED")}}}"], 1e-9);
    }

    [Fact]
    public void Write_CallsUnderWay_GoUpAndDownWithTheirBytes()
    {
        RpcFigures rpc = _metrics.FiguresOf($"/{Start}");
        rpc.Begin();
        rpc.Begin();
        rpc.End(received: 100, sent: 7);

        Dictionary<string, double> figures = PrometheusText.Parse(_collector.Write());
        rpc.End(received: 1, sent: 0);
        Dictionary<string, double> later = PrometheusText.Parse(_collector.Write());

        string label = $"{{rpc_method=\"{Start}\"}}";
        Assert.Equal(1, figures[$"linkage_rpc_active{label}"]);
        Assert.Equal(100, figures[$"linkage_rpc_received_bytes_total{label}"]);
        Assert.Equal(7, figures[$"linkage_rpc_sent_bytes_total{label}"]);
        Assert.Equal(0, later[$"linkage_rpc_active{label}"]);
        Assert.Equal(101, later[$"linkage_rpc_received_bytes_total{label}"]);
    }

    [Fact]
    public void Write_IdsGivenForLabels_BecomeOther()
    {
        for (int i = 0; i < 1000; i++)
        {
            string id = FormattableString.Invariant($"{Canary}-{i}");
            End(id, 1000 + i, TimeSpan.Zero);
            End($"{Start}/{id}", -i - 1, TimeSpan.Zero);
            _metrics.StageEnded(id, TimeSpan.Zero);
            _metrics.IdentityRefused((CredentialWord)(i + 100));
            _metrics.LimitRefused((LimitWord)(i + 100));
            _metrics.RunEnded((RunWord)(i + 100), TimeSpan.Zero);
        }

        string text = _collector.Write();

        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.Equal(
            2000,
            PrometheusText.Parse(text)[
                $"{Calls}_count{{{Labels(SidecarMetrics.Other, SidecarMetrics.Other)}}}"]);
        Assert.InRange(text.Count(c => c == '\n'), 1, 80);
    }

    [Fact]
    public void Write_AnotherMeterOfTheName_IsNotListenedTo()
    {
        using SidecarMetrics other = new([Start]);

        other.UploadAcknowledged(1);

        Assert.Empty(_collector.Write());
    }

    [Fact]
    public void Write_InAnotherCulture_IsTheSame()
    {
        End(Start, 0, TimeSpan.FromSeconds(1.5));
        string expected = _collector.Write();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Assert.Equal(expected, _collector.Write());
            Assert.Contains($"_sum{{{Labels("OK")}}} 1.5\n", expected, StringComparison.Ordinal);
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

    private static string Labels(string status, string rpc = Start) =>
        $"rpc_method=\"{rpc}\",rpc_response_status_code=\"{status}\",rpc_system_name=\"grpc\"";

    private void End(string rpc, int status, TimeSpan elapsed) =>
        _metrics.CallEnded(_metrics.FiguresOf($"/{rpc}"), isConnect: false, status, elapsed);
}
