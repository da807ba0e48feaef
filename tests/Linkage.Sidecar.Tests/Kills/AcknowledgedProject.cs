using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>All that a unit has acknowledged to the members of a project, to be held against what it has.</summary>
internal sealed class AcknowledgedProject(string id)
{
    private readonly HashSet<string> _approvals = [];
    private readonly Dictionary<string, (BeginUploadRequest Request, Upload Seen)> _uploads = [];
    private StartRunRequest? _start;

    public string Id => id;

    /// <summary>The run as it was seen last; null before it was started.</summary>
    public Run? Run { get; private set; }

    public void Approved(string party) => _approvals.Add(party);

    public void Begun(BeginUploadRequest request, Upload seen) => _uploads.Add(request.Facts.Party, (request, seen));

    public Upload UploadOf(string party) => _uploads[party].Seen;

    /// <summary>A party was told which ranges are on disk.</summary>
    public void Stored(string party, UploadChunkResponse answer)
    {
        Upload seen = _uploads[party].Seen;
        seen.Acknowledged.Clear();
        seen.Acknowledged.Add(answer.Acknowledged);
    }

    public void Completed(string party) => _uploads[party].Seen.State = UploadState.Complete;

    public void Started(StartRunRequest request, Run seen) => (_start, Run) = (request, seen);

    public void Saw(Run run) => Run = run;

    /// <summary>Fails if anything acknowledged is gone; takes note of what there is.</summary>
    public async Task CheckAsync(UnitProcess unit)
    {
        Project project = (await unit.Projects.GetProjectAsync(
            new GetProjectRequest { ProjectId = id }, unit.As(UnitProcess.Analyst))).Project;
        Assert.All(_approvals, party => Assert.Equal(
            PartyState.Approved, project.Parties.Single(one => one.Party == party).State));
        foreach (string party in _uploads.Keys)
        {
            await CheckUploadAsync(unit, party, isOpen: project.State == ProjectState.Approved);
        }

        if (_start is not null)
        {
            await CheckRunAsync(unit);
        }
    }

    private async Task CheckUploadAsync(UnitProcess unit, string party, bool isOpen)
    {
        (BeginUploadRequest request, Upload seen) = _uploads[party];
        Upload now = (await unit.Exchange.GetUploadAsync(
            new GetUploadRequest { UploadId = seen.Id }, unit.As(party))).Upload;
        if (isOpen)
        {
            Assert.Equal(now, (await unit.Exchange.BeginUploadAsync(request, unit.As(party))).Upload);
        }

        Assert.Equal(seen.Id, now.Id);
        Assert.True(seen.State != UploadState.Complete || now.State == UploadState.Complete, "Not complete any more.");
        Assert.All(seen.Acknowledged, range => Assert.Contains(
            now.Acknowledged, kept => kept.Start <= range.Start && range.End <= kept.End));
        _uploads[party] = (request, now);
    }

    private async Task CheckRunAsync(UnitProcess unit)
    {
        Run now = (await unit.Linkage.GetRunAsync(
            new GetRunRequest { RunId = Run!.Id }, unit.As(UnitProcess.Analyst))).Run;
        Run startedAgain = (await unit.Linkage.StartRunAsync(_start, unit.As(UnitProcess.Analyst))).Run;

        Assert.Equal(Run.Id, startedAgain.Id);
        Assert.InRange(now.Sequence, Run.Sequence, long.MaxValue);
        Assert.InRange(now.Attempts, Run.Attempts, int.MaxValue);
        if (Run.State == RunState.Succeeded)
        {
            Assert.Equal(Run, now);
        }

        Run = now;
    }
}
