using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Exchange;

public sealed class PreflightTests(EncodedPeople people) : IClassFixture<EncodedPeople>, IAsyncLifetime
{
    private UnitHost _host = null!;

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    // A file of one person would ask by its shared blocks whether another party knows a person like that.
    [Fact]
    public async Task Preflight_OfAParty_IsTheSameWhateverTheOthersHaveSent()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        CompleteUploadResponse own = await UnitFlow.UploadAsync(_host, people, project.Id, "health");
        PreflightRequest ask = new() { ProjectId = project.Id, UploadId = own.Upload.Id };

        PreflightResponse alone = await _host.Exchange().PreflightAsync(ask, _host.As("health"));
        await UnitFlow.UploadAsync(_host, people, project.Id, "benefits");
        PreflightResponse beside = await _host.Exchange().PreflightAsync(ask, _host.As("health"));
        PreflightResponse compared = await _host.Exchange().PreflightAsync(ask, _host.As("analyst"));

        Assert.NotEmpty(alone.Checks);
        Assert.Equal(alone, beside);
        Assert.Contains(compared.Checks, check => check.Kind == PreflightKind.SharedBlocks);
        Assert.Contains(compared.Checks, check => check.Kind == PreflightKind.MissingValues);
    }

    // A pair that meets in several passes is counted in each of them, and is one candidate of the run.
    [Fact]
    public async Task Preflight_Pairs_AreTheRunsCandidatesWithinTheNumberOfPasses()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        List<EncodedFile> files = [];
        try
        {
            foreach (string party in EncodedPeople.Parties)
            {
                CompleteUploadResponse sent = await UnitFlow.UploadAsync(_host, people, project.Id, party);
                files.Add(EncodedFile.Open(
                    _host.Store.Segments.PathOf(_host.Store.Segments.Find(sent.Upload.Id)!)));
            }

            PreflightResponse stated = await _host.Exchange().PreflightAsync(
                new PreflightRequest { ProjectId = project.Id }, _host.As("analyst"));

            long candidates = Linker.Link(files, new LinkerOptions()).CandidateCount;
            Assert.True(candidates > 0);
            Assert.InRange(stated.Estimates.Pairs, candidates, candidates * files[0].Passes.Count);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }
}
