using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>Values planted in every field and id are looked for everywhere but in the map.</summary>
public sealed class PlaintextCanaryTests : IDisposable
{
    // In names, ids and texts; the number is of digits, so that the field takes it.
    private const string Canary = "zqxcanary";
    private const string CanaryDigits = "918273645546372819";

    private readonly OwnerFolder _folder = new();
    private readonly ConcurrentQueue<string> _telemetry = new();
    private readonly List<string> _errors = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Process_PlantedValues_AreInTheMapOnly()
    {
        using ActivityListener activities = ListenToActivities();
        using MeterListener meters = ListenToMeters();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), Planted());
        await ProvokeErrorsAsync(host);

        Assert.Equal(11, _errors.Count);
        Assert.NotEmpty(_telemetry);
        Assert.NotEmpty(host.Logs.Text);
        AssertClean(string.Join('\n', _errors));
        AssertClean(string.Join('\n', _telemetry));
        AssertClean(host.Logs.Text);
        string map = await File.ReadAllTextAsync(_folder.PathInOutput(OwnerCalls.MapName));
        Assert.True(IsPlantedIn(map), "The search finds nothing.");
        await AssertFilesAreCleanAsync();
    }

    [Fact]
    public async Task FindClient_PlantedValues_AreNowhere()
    {
        using ActivityListener activities = ListenToActivities();
        using MeterListener meters = ListenToMeters();
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);

        await host.Client.FindClientAsync(PlantedQuestion());
        foreach (Action<FindClientRequest> spoil in QuestionSpoilings())
        {
            FindClientRequest question = PlantedQuestion();
            spoil(question);
            await NoteAsync(() => host.Client.FindClientAsync(question).ResponseAsync);
        }

        unit.Lookups.Refusal = new RpcException(new Status(StatusCode.Internal, "broken"));
        await NoteAsync(() => host.Client.FindClientAsync(PlantedQuestion()).ResponseAsync);

        Assert.Equal(QuestionSpoilings().Length + 1, _errors.Count);
        Assert.Equal(2, unit.Lookups.Questions.Count);
        Assert.NotEmpty(_telemetry);
        Assert.NotEmpty(host.Logs.Text);
        AssertClean(string.Join('\n', _errors));
        AssertClean(string.Join('\n', _telemetry));
        AssertClean(host.Logs.Text);
        Assert.All(unit.Lookups.Questions, one => AssertClean(Encoding.Latin1.GetString(one.ToByteArray())));
        await AssertFilesAreCleanAsync();
    }

    private static FindClientRequest PlantedQuestion()
    {
        FindClientRequest question = FindQuestions.For(0);
        question.Fields["given"] = $"{Canary}given";
        question.Fields["family"] = $"{Canary}family";
        question.Fields["number"] = CanaryDigits;
        return question;
    }

    private static Action<FindClientRequest>[] QuestionSpoilings() =>
    [
        question => question.Fields[Canary] = Canary,
        question => question.Schema = Canary,
        question => question.Key = $"../{Canary}",
        question => question.Columns = Canary,
        question => question.Party = $"{Canary} {Canary}",
        question => question.Purpose = $"{Canary} {Canary}",
        question => question.Target.Unit = Canary,
        question => question.CaseReference = CanaryDigits,
        question => question.CaseReference = $"{Canary}given-{Canary}family",
        question => question.Parties.Add($"{Canary} {Canary}"),
    ];

    private async Task AssertFilesAreCleanAsync()
    {
        foreach (string path in Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is not (OwnerCalls.MapName or OwnerHost.SocketName)))
        {
            byte[] content = await File.ReadAllBytesAsync(path);
            AssertClean(Encoding.Latin1.GetString(content));
            AssertClean(Encoding.Unicode.GetString(content));
        }
    }

    private static EncodeRecords Planted()
    {
        EncodeRecords records = new();
        for (int i = 0; i < 5; i++)
        {
            records.Records.Add(OwnerCalls.Named(
                $"{Canary}-id{i}", $"{Canary}given{i}", $"{Canary}family", $"{Canary}born", CanaryDigits));
        }

        return records;
    }

    // Each with planted values at the place that is wrong.
    private async Task ProvokeErrorsAsync(OwnerHost host)
    {
        foreach (Action<EncodeStart, EncodeRecords> spoil in Spoilings())
        {
            EncodeStart start = OwnerCalls.Start("benefits");
            EncodeRecords records = Planted();
            spoil(start, records);
            await NoteAsync(() => OwnerCalls.EncodeAsync(host.Client, start, records));
        }

        await NoteAsync(() => host.Client.GetSchemaAsync(new GetSchemaRequest { Name = Canary }).ResponseAsync);
        await NoteAsync(() => host.Client.AnswerKeyCheckAsync(new AnswerKeyCheckRequest
        {
            Schema = OwnerFolder.SchemaName,
            Key = OwnerFolder.KeyName,
            StartText = Canary,
        }).ResponseAsync);
    }

    private static Action<EncodeStart, EncodeRecords>[] Spoilings() =>
    [
        (_, records) => records.Records[1].SourceId = records.Records[0].SourceId,
        (_, records) => records.Records[1].Fields[Canary] = Canary,
        (_, records) => records.Records[1].Values.Add(Canary),
        (start, _) => start.ValueNames.Add(Canary),
        (start, _) => start.Schema = Canary,
        (start, _) => start.Key = $"../{Canary}",
        (start, _) => start.Party = $"{Canary} {Canary}",
        (start, _) => start.Destination.FileName = Canary,
        (start, _) => start.IdempotencyKey = $"{Canary} {CanaryDigits}",
    ];

    private static bool IsPlantedIn(string text) =>
        text.Contains(Canary, StringComparison.OrdinalIgnoreCase)
        || text.Contains(CanaryDigits, StringComparison.Ordinal);

    private static void AssertClean(string text) => Assert.False(IsPlantedIn(text), "A planted value came out.");

    private async Task NoteAsync(Func<Task> call)
    {
        RpcException failure = await OwnerCalls.FailureAsync(call);
        _errors.Add($"{failure} {OwnerCalls.DetailsOf(failure)}");
        foreach (Metadata.Entry trailer in failure.Trailers)
        {
            _errors[^1] += $" {trailer.Key} {Encoding.Latin1.GetString(trailer.ValueBytes)}";
        }
    }

    private ActivityListener ListenToActivities()
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _telemetry.Enqueue(
                $"{activity.DisplayName} {activity.StatusDescription} "
                + string.Join(' ', activity.TagObjects.Concat(activity.Events.SelectMany(one => one.Tags)))),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener ListenToMeters()
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument),
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        return listener;
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _telemetry.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
}
