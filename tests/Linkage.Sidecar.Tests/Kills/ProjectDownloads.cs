using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>
/// Reads the results of a run as its project's output type allows. The unit is killed amid the streams; a reader goes
/// on with the row after the last one it kept.
/// </summary>
internal sealed class ProjectDownloads(
    UnitProcess unit, string runId, OutputType output, KillPoints points, Func<Task> kill)
{
    private const int RowsBeforeKill = 300;

    private readonly ProjectResults _results = new();

    public async Task<ProjectResults> ReadAsync()
    {
        switch (output)
        {
            case OutputType.Groups:
                await ReadGroupsAsync();
                break;
            case OutputType.OwnLinkIds:
                await ReadByPartyAsync(LinksAsync);
                break;
            case OutputType.PermutationAndMask:
                await ReadByPartyAsync(PlacesAsync);
                _results.Mask = await RowsAsync(
                    start => unit.Linkage.StreamPermutation(
                        new() { RunId = runId, StartPosition = start }, unit.As(UnitProcess.Analyst)),
                    part => Enumerable.Range(0, part.Mask.Places)
                        .Select(place => (part.Mask.Bits[place / 8] >> (place % 8) & 1) != 0),
                    isKilled: true);
                break;
            default:
                await ReadCountsAsync();
                break;
        }

        return _results;
    }

    private async Task ReadGroupsAsync()
    {
        _results.Pairs = await RowsAsync(
            start => unit.Linkage.StreamPairs(
                new() { RunId = runId, StartPosition = start }, unit.As(UnitProcess.Analyst)),
            part => part.Pairs,
            isKilled: true);
        _results.Groups = await RowsAsync(
            start => unit.Linkage.StreamGroups(
                new() { RunId = runId, StartPosition = start, IncludeSingleRecords = true },
                unit.As(UnitProcess.Analyst)),
            part => part.Groups,
            isKilled: true);
    }

    private async Task ReadByPartyAsync(
        Func<string, bool, Task<IReadOnlyList<(string Handle, string Value)>>> readAsync)
    {
        foreach (string party in RunPeople.Parties)
        {
            _results.Records.Add(party, await readAsync(party, party == RunPeople.Parties[^1]));
        }
    }

    private Task<IReadOnlyList<(string Handle, string Value)>> LinksAsync(string party, bool isKilled) => RowsAsync(
        start => unit.Linkage.StreamOwnLinks(new() { RunId = runId, StartPosition = start }, unit.As(party)),
        part => part.Links.Select(link => (link.Handle, link.LinkId)),
        isKilled);

    private Task<IReadOnlyList<(string Handle, string Value)>> PlacesAsync(string party, bool isKilled) => RowsAsync(
        start => unit.Linkage.StreamPermutation(new() { RunId = runId, StartPosition = start }, unit.As(party)),
        part => part.Placed.Records.Select(record => (record.Handle, FormattableString.Invariant($"{record.Place}"))),
        isKilled);

    private async Task ReadCountsAsync()
    {
        string[] callers = [.. RunPeople.Parties, UnitProcess.Analyst];
        foreach (string caller in callers)
        {
            _results.Counts.Add(caller, await CountAsync(caller));
        }

        await kill();
        foreach (string caller in callers)
        {
            Assert.Equal(_results.Counts[caller], await CountAsync(caller));
        }
    }

    private async Task<GetCountsResponse> CountAsync(string caller) =>
        await unit.Linkage.GetCountsAsync(new GetCountsRequest { RunId = runId }, unit.As(caller));

    // All rows, and the same rows when they are read again.
    private async Task<IReadOnlyList<TRow>> RowsAsync<TPart, TRow>(
        Func<long, AsyncServerStreamingCall<TPart>> open, Func<TPart, IEnumerable<TRow>> rowsOf, bool isKilled)
    {
        List<TRow> rows = [];
        if (isKilled && points.AreAny)
        {
            int kept = points.Next(1, RowsBeforeKill);
            using AsyncServerStreamingCall<TPart> call = open(0);
            while (rows.Count < kept && await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                rows.AddRange(rowsOf(call.ResponseStream.Current));
            }

            await kill();
            rows.RemoveRange(Math.Min(kept, rows.Count), Math.Max(0, rows.Count - kept));
        }

        rows.AddRange(await RestAsync(open(rows.Count), rowsOf));
        Assert.Equal(rows, await RestAsync(open(0), rowsOf));
        return rows;
    }

    private static async Task<List<TRow>> RestAsync<TPart, TRow>(
        AsyncServerStreamingCall<TPart> call, Func<TPart, IEnumerable<TRow>> rowsOf)
    {
        using AsyncServerStreamingCall<TPart> owned = call;
        List<TRow> rows = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            rows.AddRange(rowsOf(call.ResponseStream.Current));
        }

        return rows;
    }
}
