using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>What a project should do, in lists: every method changes it or says why it must not.</summary>
internal sealed class StoreModel
{
    public ProjectState State { get; private set; }

    public int Version { get; private set; }

    public SortedDictionary<string, (PartyState State, int Approved)> Parties { get; } = new(StringComparer.Ordinal)
    {
        ["a"] = default,
        ["b"] = default,
    };

    /// <summary>Party and state; a state of null is an upload of which nothing is left.</summary>
    public List<(string Party, UploadState? State)> Uploads { get; } = [];

    public List<(RunState State, int Attempt, string[] Parties)> Runs { get; } = [];

    private int Terms { get; set; }

    public IEnumerable<int> Segments => Enumerable.Range(0, Uploads.Count)
        .Where(upload => Uploads[upload].State == UploadState.Complete);

    public StoreRefusal? Invite(string party)
    {
        if (Parties.TryGetValue(party, out (PartyState State, int Approved) known))
        {
            return known.State == PartyState.Withdrawn ? StoreRefusal.WrongState : null;
        }

        if (State == ProjectState.Closed)
        {
            return StoreRefusal.WrongState;
        }

        Parties[party] = default;
        Version += Version == 0 ? 0 : 1;
        State = ProjectState.Proposed;
        return null;
    }

    public StoreRefusal? Propose(int terms)
    {
        if (terms != Terms)
        {
            if (State == ProjectState.Closed)
            {
                return StoreRefusal.WrongState;
            }

            (Terms, Version, State) = (terms, Version + 1, ProjectState.Proposed);
        }

        return null;
    }

    public StoreRefusal? Approve(string party, int version)
    {
        if (!Here(party))
        {
            return StoreRefusal.NotFound;
        }

        if (Version == 0 || version != Version)
        {
            return StoreRefusal.Stale;
        }

        if (State == ProjectState.Closed)
        {
            return StoreRefusal.WrongState;
        }

        Parties[party] = (PartyState.Active, version);
        AgreeIfAllApprove();
        return null;
    }

    public StoreRefusal? Withdraw(string party)
    {
        if (!Parties.ContainsKey(party))
        {
            return StoreRefusal.NotFound;
        }

        if (Here(party))
        {
            Parties[party] = (PartyState.Withdrawn, 0);
            ChangeUploads(upload => upload.Party == party, null);
            ChangeRuns(run => run.State != RunState.Failed && run.Parties.Contains(party), RunState.Cancelled);
            AgreeIfAllApprove();
        }

        return null;
    }

    public StoreRefusal? Close()
    {
        State = ProjectState.Closed;
        ChangeUploads(upload => upload.State == UploadState.Receiving, UploadState.Discarded);
        ChangeRuns(run => run.State is RunState.Queued or RunState.Running, RunState.Cancelled);
        return null;
    }

    public StoreRefusal? Begin(string party)
    {
        if (State != ProjectState.Agreed)
        {
            return StoreRefusal.WrongState;
        }

        if (!Here(party))
        {
            return StoreRefusal.NotFound;
        }

        Uploads.Add((party, UploadState.Receiving));
        return null;
    }

    public StoreRefusal? End(int upload, UploadState end)
    {
        (string party, UploadState? state) = Uploads[upload];
        if (state != end && state != UploadState.Receiving)
        {
            return state is null ? StoreRefusal.NotFound : StoreRefusal.WrongState;
        }

        Uploads[upload] = (party, end);
        return null;
    }

    public StoreRefusal? Queue()
    {
        if (State != ProjectState.Agreed)
        {
            return StoreRefusal.WrongState;
        }

        Runs.Add((RunState.Queued, 0, [.. Segments.Select(segment => Uploads[segment].Party)]));
        return null;
    }

    public StoreRefusal? Claim()
    {
        int next = Runs.FindIndex(run => run.State == RunState.Queued);
        if (next >= 0)
        {
            Runs[next] = (RunState.Running, Runs[next].Attempt + 1, Runs[next].Parties);
        }

        return null;
    }

    public StoreRefusal? Advance(int run, RunState to)
    {
        RunState state = Runs[run].State;
        if (state != RunState.Running)
        {
            return state == RunState.Queued ? StoreRefusal.Stale : StoreRefusal.WrongState;
        }

        Runs[run] = Runs[run] with { State = to };
        return null;
    }

    public StoreRefusal? Cancel(int run)
    {
        if (Runs[run].State is RunState.Done or RunState.Failed)
        {
            return StoreRefusal.WrongState;
        }

        Runs[run] = Runs[run] with { State = RunState.Cancelled };
        return null;
    }

    public void Reopen() => ChangeRuns(run => run.State == RunState.Running, RunState.Queued);

    private bool Here(string party) =>
        Parties.TryGetValue(party, out (PartyState State, int Approved) known) && known.State != PartyState.Withdrawn;

    private void AgreeIfAllApprove()
    {
        (PartyState State, int Approved)[] here = [.. Parties.Values.Where(one => one.State != PartyState.Withdrawn)];
        bool all = Version > 0 && here.Length > 0 && here.All(one => one.Approved == Version);
        if (all && State == ProjectState.Proposed)
        {
            State = ProjectState.Agreed;
        }
    }

    private void ChangeUploads(Func<(string Party, UploadState? State), bool> which, UploadState? to)
    {
        for (int upload = 0; upload < Uploads.Count; upload++)
        {
            if (which(Uploads[upload]))
            {
                Uploads[upload] = (Uploads[upload].Party, to);
            }
        }
    }

    private void ChangeRuns(Func<(RunState State, int Attempt, string[] Parties), bool> which, RunState to)
    {
        for (int run = 0; run < Runs.Count; run++)
        {
            if (which(Runs[run]))
            {
                Runs[run] = Runs[run] with { State = to };
            }
        }
    }
}
