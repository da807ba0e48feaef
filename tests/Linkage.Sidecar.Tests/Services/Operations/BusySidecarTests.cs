using System.Diagnostics.Metrics;
using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Telemetry;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Operations;

public sealed class BusySidecarTests(EncodedPeople people) : IClassFixture<EncodedPeople>
{
    private const string Canary = "Zanzibarov";

    [Fact]
    public async Task Scrape_AfterAWholeProject_CountsItAndNamesNobody()
    {
        await using UnitHost host = await StartAsync();
        List<string> names = await WorkAsync(host);

        Dictionary<string, double> figures = await ScrapeAsync(
            host,
            found => Calls(found, "LinkageService/CancelRun", "OK") == 1
                && Calls(found, "ExchangeService/CompleteUpload", "OK") == 3
                && Calls(found, "ProjectService/GetProject", "UNAUTHENTICATED") == 1
                && Calls(found, "ExchangeService/GetUpload", "NOT_FOUND") == 1
                && Calls(found, "ExchangeService/UploadChunk", "OK") == 3
                && found.ContainsKey("linkage_run_duration_seconds_count{outcome=\"done\"}"));

        Assert.Equal(1, figures["linkage_identity_refused_total{credential=\"token\"}"]);
        Assert.Equal(3, figures["linkage_upload_ended_total{outcome=\"complete\"}"]);
        Assert.Equal(1, figures["linkage_upload_ended_total{outcome=\"discarded\"}"]);
        Assert.Equal(
            EncodedPeople.Parties.Sum(party => people.BytesOf(party).Length),
            figures["linkage_upload_received_bytes_total"]);
        Assert.Equal(1, figures["linkage_limit_refused_total{limit=\"size\"}"]);
        Assert.Equal(0, figures["linkage_uploads"]);
        Assert.Equal(1, figures["linkage_runs{state=\"done\"}"]);
        Assert.Equal(0, figures["linkage_runs{state=\"running\"}"]);
        Assert.Equal(1, figures["linkage_run_duration_seconds_count{outcome=\"done\"}"]);
        Assert.All(
            SidecarMetrics.Stages,
            stage => Assert.Equal(1, figures[$"linkage_run_stage_duration_seconds_count{{stage=\"{stage}\"}}"]));
        Assert.Equal(
            EncodedPeople.Parties.Sum(party => people.FactsOf(party).RecordCount),
            figures["linkage_run_records_total"]);
        Assert.True(figures["linkage_run_pairs_total"] > 0);
        Assert.True(figures["linkage_store_segments"] > 3);
        Assert.True(figures["linkage_store_size_bytes"] > figures["linkage_upload_received_bytes_total"]);
        Assert.True(figures["linkage_store_free_bytes"] > 0);
        string received = "linkage_rpc_received_bytes_total{rpc_method=\"linkage.v1.ExchangeService/UploadChunk\"}";
        Assert.True(figures[received] > figures["linkage_upload_received_bytes_total"]);

        IEnumerable<string> words = figures.Keys.SelectMany(PrometheusText.LabelsOf).Select(label => label.Value);
        Assert.All(words, word => Assert.All(
            names, name => Assert.DoesNotContain(name, word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Page_OfFigures_IsThatOfTheProcess()
    {
        await using UnitHost host = await StartAsync();
        await WorkAsync(host);
        IReadOnlyList<MetricRow> rows = OperatePage.Metrics();
        SidecarMetrics metrics = host.Services.GetRequiredService<SidecarMetrics>();
        metrics.RecordsGiven(encoded: 1, refused: 1); // what an owner counts
        List<Instrument> instruments = InstrumentsOf(metrics);

        Assert.Equal(
            instruments.Select(one => (new MetricFamily(one).Name, one.Name, one.Description)).Order(),
            rows.Select(row => (row.Name, row.Source, (string?)row.Meaning)).Order());
        foreach (string figure in (await ScrapeAsync(host, _ => true)).Keys)
        {
            MetricRow row = rows.Single(one => IsOf(figure.Split('{')[0], one.Name));
            Assert.Equal(
                row.Labels,
                PrometheusText.LabelsOf(figure).Select(label => label.Name).Where(name => name != "le"));
        }
    }

    private static bool IsOf(string figure, string family) =>
        figure == family || figure == $"{family}_bucket" || figure == $"{family}_sum" || figure == $"{family}_count";

    private static List<Instrument> InstrumentsOf(SidecarMetrics metrics)
    {
        List<Instrument> instruments = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
            {
                instruments.Add(instrument);
            }
        };
        listener.Start();
        return instruments;
    }

    private static Task<UnitHost> StartAsync() => UnitHost.StartAsync(change: options => options with
    {
        Telemetry = new TelemetryOptions { Prometheus = RunningHost.FreePort },
        Limits = options.Limits with { UploadBytes = 1 << 30 },
    });

    private static double Calls(Dictionary<string, double> figures, string rpc, string status) =>
        figures.GetValueOrDefault(
            $"rpc_server_call_duration_seconds_count{{rpc_method=\"linkage.v1.{rpc}\","
            + $"rpc_response_status_code=\"{status}\",rpc_system_name=\"grpc\"}}");

    // A call is counted once its end is sent, which its client may see a moment earlier.
    private static async Task<Dictionary<string, double>> ScrapeAsync(
        UnitHost host, Func<Dictionary<string, double>, bool> isDone)
    {
        using SemaphoreSlim noted = new(0);
        using MeterListener listener = ListenTo(host.Services.GetRequiredService<SidecarMetrics>(), noted);
        using CancellationTokenSource deadline = new(Waiting.Patience);
        while (true)
        {
            Dictionary<string, double> figures = PrometheusText.Parse(await host.ScrapeAsync());
            if (isDone(figures))
            {
                return figures;
            }

            await noted.WaitAsync(deadline.Token);
        }
    }

    // What is scraped listens since before, and so is told before this.
    private static MeterListener ListenTo(SidecarMetrics metrics, SemaphoreSlim noted)
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (ReferenceEquals(instrument.Meter, metrics.Meter))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => noted.Release());
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => noted.Release());
        listener.Start();
        return listener;
    }

    /// <summary>Takes a project through everything.</summary>
    /// <returns>Every id and name that was used.</returns>
    private async Task<List<string>> WorkAsync(UnitHost host)
    {
        Project project = await UnitFlow.AgreeAsync(host, people);
        List<string> names = [Canary, project.Id, project.Name, .. UnitHost.Parties, "analyst"];
        foreach (string party in EncodedPeople.Parties)
        {
            Upload upload = (await UnitFlow.UploadAsync(host, people, project.Id, party)).Upload;
            names.AddRange([upload.Id, upload.Sha256, upload.Facts.KeyId, upload.Facts.CheckValue]);
        }

        Upload dropped = await UnitFlow.BeginAsync(host, people, project.Id, "health");
        await host.Exchange().DiscardUploadAsync(
            new DiscardUploadRequest { UploadId = dropped.Id }, host.As("health"));
        BeginUploadRequest tooLong = people.Announce("health", project.Id, UnitHost.NewKey);
        tooLong.Size = (1L << 30) + 1;
        await UnitHost.RefusalAsync(host.Exchange().BeginUploadAsync(tooLong, host.As("health")));
        string run = await LinkAsync(host, project.Id);
        await UnitHost.RefusalAsync(host.Exchange().GetUploadAsync(
            new GetUploadRequest { UploadId = Canary }, host.As("health")));
        await UnitHost.RefusalAsync(host.Projects().GetProjectAsync(
            new GetProjectRequest { ProjectId = project.Id },
            new CallOptions(new Metadata { { "authorization", $"Bearer {Canary}" } })));
        await host.Runs().CancelRunAsync(new CancelRunRequest { RunId = run }, host.As("analyst"));
        return [.. names, dropped.Id, run];
    }

    private static async Task<string> LinkAsync(UnitHost host, string projectId)
    {
        Run run = (await host.Runs().StartRunAsync(
            new StartRunRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = projectId }, host.As("analyst"))).Run;
        Assert.Equal(RunState.Succeeded, await UnitFlow.WaitForEndAsync(host, run.Id));
        return run.Id;
    }
}
