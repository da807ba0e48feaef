using Linkage.Sidecar.Storage;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>A project in a store, and the model of it, called alike and compared.</summary>
internal sealed class ModelledProject : IAsyncDisposable
{
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly byte[] File = Content(10, seed: 1);

    private readonly StoreModel _model = new();
    private readonly List<string> _uploads = [];
    private readonly List<string> _runs = [];
    private readonly string _folder;
    private readonly string _id;
    private UnitStore _store;

    private ModelledProject(string folder, UnitStore store, string id)
    {
        _folder = folder;
        _store = store;
        _id = id;
    }

    private Project Project => _store.Projects.Find(_id)!;

    public static async Task<ModelledProject> CreateAsync(string folder)
    {
        UnitStore store = await OpenAsync(folder);
        Project project = await store.Projects.CreateAsync("study", ["a", "b"], Request("p"), None);
        return new ModelledProject(folder, store, project.Id);
    }

    /// <summary>Makes a call on both.</summary>
    /// <returns>Why the model refused it, which is why the store did; null when neither did.</returns>
    public async Task<StoreRefusal?> CallAsync(string call, int choice)
    {
        string party = Names[choice % Names.Length];
        (StoreRefusal? expected, Func<Task>? action) = call switch
        {
            "invite" => (_model.Invite(party), () => _store.Projects.InviteAsync(_id, party, None)),
            "propose" => (_model.Propose(1 + (choice % 2)), () => ProposeAsync(1 + (choice % 2))),
            "approve" => Approve(party, _model.Version - (choice % 10 == 0 ? 1 : 0)),
            "withdraw" => (_model.Withdraw(party), () => _store.Projects.WithdrawAsync(_id, party, None)),
            "close" => (_model.Close(), () => _store.Projects.CloseAsync(_id, None)),
            "begin" => (_model.Begin(party), () => BeginAndSendAsync(party)),
            "queue" => Queue(),
            "claim" => (_model.Claim(), () => _store.Runs.ClaimNextAsync(None)),
            "reopen" => (null, ReopenAsync),
            "complete" or "discard" => OnUpload(call, choice),
            _ => OnRun(call, choice),
        };
        if (action is null)
        {
            return null;
        }

        if (expected is { } refusal)
        {
            await RefusedAsync(refusal, action);
        }
        else
        {
            await action();
        }

        return expected;
    }

    public void Compare(HashSet<string> reached)
    {
        Project project = Project;
        Assert.Equal((_model.State, _model.Version), (project.State, project.TermsVersion));
        Assert.Equal(
            _model.Parties.Select(party => (party.Key, party.Value.State, Approved(party.Value.Approved))),
            project.Parties.Select(party => (party.Name, party.State, party.Approval is not null)));
        Assert.Equal(
            _model.Uploads.Select(upload => upload.State), _uploads.Select(id => _store.Uploads.Find(id)?.State));
        Assert.Equal(
            _model.Segments.Select(upload => _uploads[upload]).Order(),
            _store.Segments.ListEncodings(_id, null).Select(segment => segment.Id).Order());
        Run[] runs = [.. _runs.Select(id => _store.Runs.Find(id)!)];
        Assert.Equal(
            _model.Runs.Select(run => (run.State, run.Attempt)), runs.Select(run => (run.Latest.State, run.Attempt)));
        Assert.All(runs, run => Assert.Equal(
            run.Latest.State == RunState.Done ? 1 : 0, _store.Segments.ListResults(run.Id).Count));
        reached.Add($"{project.State}");
        reached.UnionWith(_model.Uploads.Select(upload => $"{upload.State}"));
        reached.UnionWith(runs.Select(run => $"{run.Latest.State}"));
    }

    public Task DeleteAsync() => _store.Projects.DeleteAsync(_id, None);

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Approved(int version) => version > 0 && version == _model.Version;

    private (StoreRefusal?, Func<Task>?) Approve(string party, int version) =>
        (_model.Approve(party, version), () => _store.Projects.ApproveAsync(_id, party, version, None));

    private (StoreRefusal?, Func<Task>?) Queue()
    {
        string[] inputs = [.. _model.Segments.Select(upload => _uploads[upload])];
        return (_model.Queue(), async () => _runs.Add(
            (await _store.Runs.QueueAsync(_id, "{}", inputs, Request(StoreIds.Create()), None)).Id));
    }

    private (StoreRefusal?, Func<Task>?) OnUpload(string call, int choice)
    {
        if (_uploads.Count == 0)
        {
            return (null, null);
        }

        int upload = choice % _uploads.Count;
        return call == "complete"
            ? (_model.End(upload, UploadState.Complete), () => CompleteAsync(_store, _uploads[upload]))
            : (_model.End(upload, UploadState.Discarded), () => _store.Uploads.DiscardAsync(_uploads[upload], None));
    }

    private (StoreRefusal?, Func<Task>?) OnRun(string call, int choice)
    {
        if (_runs.Count == 0)
        {
            return (null, null);
        }

        // Every other time one that is running, if any is; the rest are refused mostly.
        int running = choice % 2 == 0 ? _model.Runs.FindIndex(known => known.State == RunState.Running) : -1;
        int run = running >= 0 ? running : choice % _runs.Count;
        string id = _runs[run];
        int attempt = _model.Runs[run].Attempt;
        return call switch
        {
            "report" => (_model.Advance(run, RunState.Running),
                () => _store.Runs.ReportAsync(id, attempt, new RunProgress("score", choice, 1000), None)),
            "finish" => (_model.Advance(run, RunState.Done),
                () => FinishAsync(_store, _store.Runs.Find(id)!, File)),
            "fail" => (_model.Advance(run, RunState.Failed),
                () => _store.Runs.FailAsync(id, attempt, "reason", None)),
            _ => (_model.Cancel(run), () => _store.Runs.CancelAsync(id, None)),
        };
    }

    private Task<Project> ProposeAsync(int terms) => _store.Projects.ProposeAsync(_id, Terms($"l{terms}"), None);

    private async Task BeginAndSendAsync(string party)
    {
        Upload upload = await BeginAsync(_store, Project, party, File);
        await using UploadSession session = await _store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(session, File, 0);
        await session.AcknowledgeAsync(None);
        _uploads.Add(upload.Id);
    }

    private async Task ReopenAsync()
    {
        _store.Dispose();
        _model.Reopen();
        _store = await OpenAsync(_folder);
        Assert.Empty(_store.Damage);
    }
}
