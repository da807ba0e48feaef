using System.Security.Cryptography;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>
/// One project from its creation to its results, over the network. Killed at the points given, the unit is started
/// again, held against all it has acknowledged, and the members go on from what it says it has.
/// </summary>
internal sealed class ProjectJourney
{
    /// <summary>The seed of runs whose link ids are to be the same everywhere.</summary>
    public const ulong Seed = 23;

    /// <summary>Low enough for more pairs than one message of a stream holds.</summary>
    public const double KeepWeight = -60;

    private const int LongestWindow = 6;
    private const int MostPolls = 60;

    // Those after which a run is not over yet.
    private static readonly string[] HeldStages = ["opening", "comparing", "estimating", "clustering"];

    private readonly UnitProcess _unit;
    private readonly RunPeople _people;
    private readonly OutputType _output;
    private readonly KillPoints _points;
    private AcknowledgedProject _acknowledged = null!;

    public ProjectJourney(UnitProcess unit, RunPeople people, OutputType output, KillPoints points)
    {
        _unit = unit;
        _people = people;
        _output = output;
        _points = points;
    }

    /// <summary>How often the run was broken off.</summary>
    public int Interruptions => _acknowledged.Run!.Attempts - 1;

    public string ProjectId => _acknowledged.Id;

    public async Task<ProjectResults> TravelAsync()
    {
        await AgreeAsync();
        foreach ((int place, string party) in _points.Shuffled(RunPeople.Parties).Index())
        {
            await UploadAsync(party, killAmidChunks: place == 0, killAtTheEnd: place == 1);
        }

        await LinkAsync();
        return await new ProjectDownloads(_unit, _acknowledged.Run!.Id, _output, _points, KillAsync).ReadAsync();
    }

    private async Task AgreeAsync()
    {
        CallOptions analyst = _unit.As(UnitProcess.Analyst);
        Project project = (await _unit.Projects.CreateProjectAsync(
            new CreateProjectRequest { IdempotencyKey = UnitProcess.NewKey, Name = "study" }, analyst)).Project;
        _acknowledged = new AcknowledgedProject(project.Id);
        foreach (string party in RunPeople.Parties)
        {
            await _unit.Projects.InvitePartyAsync(
                new InvitePartyRequest
                {
                    IdempotencyKey = UnitProcess.NewKey,
                    ProjectId = project.Id,
                    Party = party,
                },
                analyst);
        }

        project = (await _unit.Projects.ProposeTermsAsync(
            new ProposeTermsRequest { IdempotencyKey = UnitProcess.NewKey, ProjectId = project.Id, Terms = Terms() },
            analyst)).Project;
        int approvals = _points.Next(1, RunPeople.Parties.Count + 1);
        foreach (string party in RunPeople.Parties)
        {
            await TakeNewTokenAsync(party);
            await _unit.Projects.ApproveTermsAsync(
                new ApproveTermsRequest { ProjectId = project.Id, TermsDigest = project.Terms.Digest },
                _unit.As(party));
            _acknowledged.Approved(party);
            if (--approvals == 0)
            {
                await KillAsync();
            }
        }
    }

    // A token is acknowledged, too: from here on the party shows the new one only.
    private async Task TakeNewTokenAsync(string party)
    {
        IssueTokenResponse issued = await _unit.Admin.IssueTokenAsync(
            new IssueTokenRequest { IdempotencyKey = UnitProcess.NewKey, Subject = party }, _unit.As(party));
        _unit.TakeToken(party, issued.TokenText);
    }

    private Terms Terms()
    {
        using var file = EncodedFile.Open(_people.PathOf(RunPeople.Parties[0]));
        EncodingFacts facts = UploadViews.FactsOf(file.Header);
        Sidecar.Storage.ProjectTerms fitting = _people.Terms(Sidecar.Storage.OutputType.Counts);
        return new Terms
        {
            EncodingFingerprint = facts.EncodingFingerprint,
            LinkageFingerprint = fitting.LinkageFingerprint,
            SchemaText = fitting.SchemaText,
            KeyProject = facts.KeyProject,
            KeyId = facts.KeyId,
            Epoch = facts.Epoch,
            CheckValue = facts.CheckValue,
            Model = new ModelPolicy { Estimate = new EstimateModel() },
            OutputType = _output,
        };
    }

    private async Task UploadAsync(string party, bool killAmidChunks, bool killAtTheEnd)
    {
        byte[] content = await File.ReadAllBytesAsync(_people.PathOf(party));
        UploadChunkRequest[] chunks = await BeginAsync(party, content);
        int until = _points.Next(0, chunks.Length); // so many chunks are acknowledged before the kill
        while (_points.Shuffled(Missing(party, chunks)) is { Length: > 0 } missing)
        {
            UploadChunkRequest[] window = missing[..Math.Min(_points.Next(1, LongestWindow), missing.Length)];
            if (killAmidChunks && chunks.Length - missing.Length >= until)
            {
                killAmidChunks = false;
                await SendIntoTheKillAsync(party, window);
            }
            else
            {
                await SendAsync(party, window);
            }
        }

        Task<CompleteUploadResponse> complete = CompleteAsync(party);
        if (killAtTheEnd && await BrokeOffAsync(complete))
        {
            complete = CompleteAsync(party);
        }

        Assert.Equal(UploadState.Complete, (await complete).Upload.State);
        _acknowledged.Completed(party);
    }

    private async Task<UploadChunkRequest[]> BeginAsync(string party, byte[] content)
    {
        using var file = EncodedFile.Open(_people.PathOf(party));
        BeginUploadRequest request = new()
        {
            IdempotencyKey = UnitProcess.NewKey,
            ProjectId = _acknowledged.Id,
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            ChunkSize = 65_536,
            Facts = UploadViews.FactsOf(file.Header),
        };
        Upload upload = (await _unit.Exchange.BeginUploadAsync(request, _unit.As(party))).Upload;
        _acknowledged.Begun(request, upload);
        UploadChunkRequest[] chunks = EncodedPeople.Chunks(upload.Id, content);
        Array.ForEach(chunks, chunk => chunk.UploadId = upload.Id);
        return chunks;
    }

    private IEnumerable<UploadChunkRequest> Missing(string party, UploadChunkRequest[] chunks) =>
        chunks.Where(chunk => !_acknowledged.UploadOf(party).Acknowledged.Any(
            range => range.Start <= chunk.Offset && chunk.Offset < range.End));

    private async Task SendAsync(string party, UploadChunkRequest[] window)
    {
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            _unit.Exchange.UploadChunk(_unit.As(party));
        foreach (UploadChunkRequest chunk in window)
        {
            await call.RequestStream.WriteAsync(chunk);
        }

        await call.RequestStream.CompleteAsync();
        _acknowledged.Stored(party, await call.ResponseAsync);
    }

    private async Task SendIntoTheKillAsync(string party, UploadChunkRequest[] window)
    {
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            _unit.Exchange.UploadChunk(_unit.As(party));
        foreach (UploadChunkRequest chunk in window)
        {
            await call.RequestStream.WriteAsync(chunk);
        }

        await KillAsync();
    }

    private async Task<CompleteUploadResponse> CompleteAsync(string party) => await _unit.Exchange.CompleteUploadAsync(
        new CompleteUploadRequest { UploadId = _acknowledged.UploadOf(party).Id }, _unit.As(party));

    // Whether a call under way failed by a kill; that it did not is as good.
    private async Task<bool> BrokeOffAsync(Task call)
    {
        if (!_points.AreAny)
        {
            return false;
        }

        await _unit.KillAsync();
        Exception? failure = await Record.ExceptionAsync(() => call);
        await ReturnAsync();
        return failure is not null;
    }

    private async Task LinkAsync()
    {
        StartRunRequest request = new()
        {
            IdempotencyKey = UnitProcess.NewKey,
            ProjectId = _acknowledged.Id,
            Options = new RunOptions { KeepWeight = KeepWeight },
        };
        if (_output == OutputType.Groups)
        {
            request.Options.Seed = Seed; // the others' link ids or places are random
        }

        await KillAsync(heldAfter: HeldStages[_points.Next(0, HeldStages.Length)]);
        _acknowledged.Started(
            request, (await _unit.Linkage.StartRunAsync(request, _unit.As(UnitProcess.Analyst))).Run);
        if (_points.AreAny)
        {
            await _unit.HeldAsync();
            await KillAsync();
            await KillAtWorkAsync();
        }

        await WatchAsync(run => !IsAtWork(run));
        Assert.Equal(RunState.Succeeded, _acknowledged.Run!.State);
    }

    // At any moment of the run; a fast machine may have ended it.
    private async Task KillAtWorkAsync()
    {
        await WatchAsync(run => run.State != RunState.Queued);
        for (int polls = _points.Next(0, MostPolls); polls > 0 && IsAtWork(_acknowledged.Run!); polls--)
        {
            await LookAsync();
        }

        await KillAsync();
    }

    private static bool IsAtWork(Run run) => run.State is RunState.Queued or RunState.Running;

    private async Task LookAsync() => _acknowledged.Saw((await _unit.Linkage.GetRunAsync(
        new GetRunRequest { RunId = _acknowledged.Run!.Id }, _unit.As(UnitProcess.Analyst))).Run);

    private async Task WatchAsync(Func<Run, bool> isThere)
    {
        await LookAsync();
        WatchRunRequest request = new()
        {
            RunId = _acknowledged.Run!.Id,
            AfterSequence = _acknowledged.Run.Sequence,
        };
        using AsyncServerStreamingCall<WatchRunResponse> call =
            _unit.Linkage.WatchRun(request, _unit.As(UnitProcess.Analyst));
        while (!isThere(_acknowledged.Run))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None), "The watch ended before the run.");
            _acknowledged.Saw(call.ResponseStream.Current.Run);
        }
    }

    private Task KillAsync() => KillAsync(heldAfter: null);

    private async Task KillAsync(string? heldAfter)
    {
        if (_points.AreAny)
        {
            await _unit.KillAsync();
            await ReturnAsync(heldAfter);
        }
    }

    private async Task ReturnAsync(string? heldAfter = null)
    {
        await _unit.RestartAsync(heldAfter);
        await _acknowledged.CheckAsync(_unit);
    }
}
