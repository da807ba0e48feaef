using System.Security.Cryptography;
using System.Text;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Services.Unit.Retention;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Services.Retention.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.Logging.Abstractions;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;
using Project = Linkage.Sidecar.Storage.Project;
using Run = Linkage.Sidecar.Storage.Run;
using RunState = Linkage.Sidecar.Storage.RunState;
using UploadState = Linkage.Sidecar.Storage.UploadState;

namespace Linkage.Sidecar.Tests.Services.Retention;

public sealed class RetentionTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly TestSigner _signer = new();
    private readonly NotingTrail _trail = new();
    private readonly byte[] _content = Content((3 * Chunk) + 100, seed: 1);
    private UnitStore _store = null!;
    private Project _project = null!;

    private string Data => Path.Join(_folder.Path, "data");

    private string CertificateFolder => Path.Join(Data, "certificates");

    public async Task InitializeAsync()
    {
        _store = await OpenAsync();
        _project = await AgreedAsync(_store, "health", "benefits");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _store.Dispose();
        _signer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sweep_EncodingsAreDue_LeavesNoByteAndACertificateThatVerifies()
    {
        Segment segment = await UploadAsync(_store, _project, "health", _content);
        byte[] onDisk = await File.ReadAllBytesAsync(_store.Segments.PathOf(segment));
        Canary canary = new Canary().Add(_content).Add(onDisk);
        Assert.NotEmpty(canary.FindIn(Data)); // the search finds what is there
        _time.Advance(10 * Day);

        Assert.Equal(1, await SweepAsync(encodings: 10));

        Assert.Empty(canary.FindIn(Data));
        Assert.Equal(UploadState.Discarded, _store.Uploads.Find(segment.Id)!.State);
        DeletionCertificate certificate = Verify(OnlyCertificate());
        DeletedFile file = Assert.Single(certificate.Deletion.Files);
        Assert.Equal(DeletionReason.EncodingsExpired, certificate.Deletion.Reason);
        Assert.Equal((_project.Id, 1, _content.Length, 1), (
            certificate.Deletion.ProjectId, certificate.FileCount, certificate.ByteCount, certificate.KeysWiped));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_content)), file.Sha256);
        AuditEvent entry = Assert.Single(_trail.Events);
        Assert.Equal((AuditKind.Deletion, _project.Id), (entry.Kind, entry.ProjectId));
        Assert.EndsWith(
            Convert.ToHexStringLower(SHA256.HashData(OnlyCertificate())),
            entry.CaseReference,
            StringComparison.Ordinal);
        Assert.Equal(0, await SweepAsync(encodings: 10));
    }

    [Fact]
    public async Task Sweep_NotDueYet_DeletesNothing()
    {
        await UploadAsync(_store, _project, "health", _content);
        _time.Advance((10 * Day) - TimeSpan.FromSeconds(1));

        Assert.Equal(0, await SweepAsync(encodings: 10));

        Assert.Single(_store.Segments.ListEncodings(_project.Id, party: null));
        Assert.Empty(Directory.EnumerateFiles(CertificateFolder));
    }

    [Fact]
    public async Task Sweep_OlderAndNewerFiles_DeletesTheOlderOnly()
    {
        await UploadAsync(_store, _project, "health", _content);
        _time.Advance(5 * Day);
        Segment newer = await UploadAsync(_store, _project, "benefits", _content);
        _time.Advance(5 * Day);

        Assert.Equal(1, await SweepAsync(encodings: 10));

        Assert.Equal(newer.Id, Assert.Single(_store.Segments.ListEncodings(_project.Id, party: null)).Id);
    }

    [Fact]
    public async Task Sweep_ResultsAreDue_TakesThemBackAndKeepsTheEncodings()
    {
        byte[] pairs = Content(100_000, seed: 5);
        await QueueAsync(_store, _project, await UploadAsync(_store, _project, "health", _content));
        Run done = await FinishAsync(_store, (await _store.Runs.ClaimNextAsync(None))!, pairs);
        _time.Advance(3 * Day);

        Assert.Equal(1, await SweepAsync(results: 3));

        Assert.Empty(_store.Segments.ListResults(done.Id));
        Assert.Equal(RunState.Cancelled, _store.Runs.Find(done.Id)!.Latest.State);
        Assert.Single(_store.Segments.ListEncodings(_project.Id, party: null));
        Assert.Equal(DeletionReason.ResultsExpired, Verify(OnlyCertificate()).Deletion.Reason);
    }

    [Fact]
    public async Task Sweep_RunAtWork_WaitsForIt()
    {
        await QueueAsync(_store, _project, await UploadAsync(_store, _project, "health", _content));
        _time.Advance(10 * Day);

        Assert.Equal(0, await SweepAsync(encodings: 10));
        Run claimed = (await _store.Runs.ClaimNextAsync(None))!;
        await _store.Runs.FailAsync(claimed.Id, claimed.Attempt, "x", None);

        Assert.Equal(1, await SweepAsync(encodings: 10));
        Assert.Empty(_store.Segments.ListEncodings(_project.Id, party: null));
    }

    [Fact]
    public async Task Sweep_ProjectDeletedPartyGoneUploadRemoved_CertifiesEach()
    {
        Segment removed = await UploadAsync(_store, _project, "health", _content);
        await _store.Uploads.RemoveAsync(removed.Id, None);
        await UploadAsync(_store, _project, "health", _content);
        await UploadAsync(_store, _project, "benefits", _content);
        await _store.Projects.WithdrawAsync(_project.Id, "health", None);
        await _store.Projects.DeleteAsync(_project.Id, None);

        Assert.Equal(3, await SweepAsync());

        DeletionCertificate[] all = [.. Directory.EnumerateFiles(CertificateFolder)
            .Select(path => Verify(File.ReadAllBytes(path)))];
        Assert.Equal(
            [DeletionReason.ProjectDeleted, DeletionReason.PartyWithdrawn, DeletionReason.UploadRemoved],
            all.Select(one => one.Deletion.Reason).Order());
        Assert.All(all, one => Assert.Equal(1, one.FileCount));
        Assert.Equal(
            DeletionReason.ProjectDeleted, Assert.Single(all, one => one.Deletion.ProjectKeyWiped).Deletion.Reason);
    }

    [Fact]
    public async Task Issue_LogCannotBeWritten_IsDoneLaterWithTheSameCertificate()
    {
        await UploadAsync(_store, _project, "health", _content);
        await _store.Projects.DeleteAsync(_project.Id, None);
        _trail.IsFull = true;
        await Assert.ThrowsAsync<IOException>(() => SweepAsync());
        byte[] first = OnlyCertificate();
        _trail.IsFull = false;
        _store.Dispose();
        _store = await OpenAsync();
        _time.Advance(Day);

        Assert.Equal(1, await SweepAsync());

        Assert.Equal(first, OnlyCertificate());
        Assert.Single(_trail.Events);
    }

    [Fact]
    public async Task Verify_AnyByteChangedOrMissingOrAnotherKey_IsRefused()
    {
        await UploadAsync(_store, _project, "health", _content);
        await _store.Projects.DeleteAsync(_project.Id, None);
        await SweepAsync();
        byte[] file = OnlyCertificate();
        for (int i = 0; i < file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i] ^= 1;
            Assert.Throws<FormatException>(() => Verify(changed));
            Assert.Throws<FormatException>(() => Verify([.. file[..i], .. file[(i + 1)..]]));
        }

        using TestSigner other = new();
        Assert.Throws<FormatException>(() => Certificates.Verify(file, other.Key));
        Assert.Throws<FormatException>(() => Verify([.. file, (byte)'\n']));
        Assert.Throws<FormatException>(() => Verify(Encoding.UTF8.GetBytes("null")));
        Assert.Equal(_project.Id, Verify(file).Deletion.ProjectId);
    }

    [Theory]
    [InlineData(null, 5, 5)]
    [InlineData(5, null, 5)]
    [InlineData(5, 7, 5)]
    [InlineData(7, 5, 5)]
    [InlineData(null, null, null)]
    public void Shorter_TwoTerms_TakesTheLesserOfEach(int? one, int? other, int? expected)
    {
        RetentionTerms shorter = Terms(one, other).Shorter(Terms(other, one));

        Assert.Equal(Terms(expected, expected), shorter);
    }

    private static RetentionTerms Terms(int? encodings, int? results) => new(
        encodings is { } some ? some * Day : null, results is { } more ? more * Day : null, string.Empty);

    private Task<UnitStore> OpenAsync() => UnitStore.OpenAsync(
        Data,
        _time,
        encryption: new StoreEncryption { KeyFile = Path.Join(_folder.Path, "master.key"), IsOn = true });

    private Task<int> SweepAsync(int? encodings = null, int? results = null)
    {
        CertificateDesk desk = new(_store, _signer, _trail, _time, CertificateFolder);
        using RetentionSweeper sweeper = new(
            _store,
            new ConfiguredRetention(Terms(encodings, results)),
            desk,
            _time,
            NullLogger<RetentionSweeper>.Instance);
        return sweeper.SweepAsync(None);
    }

    private byte[] OnlyCertificate() => File.ReadAllBytes(Assert.Single(Directory.EnumerateFiles(CertificateFolder)));

    private DeletionCertificate Verify(byte[] file) => Certificates.Verify(file, _signer.Key);
}
