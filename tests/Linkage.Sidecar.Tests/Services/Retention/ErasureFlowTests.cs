using System.Buffers.Binary;
using System.Collections;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Services.Unit.Audit;
using Linkage.Sidecar.Services.Unit.Retention;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;
using DeletionReason = Linkage.Sidecar.Storage.DeletionReason;
using Segment = Linkage.Sidecar.Storage.Segment;
using StoreRestore = Linkage.Sidecar.Storage.StoreRestore;

namespace Linkage.Sidecar.Tests.Services.Retention;

/// <summary>A whole unit, from the upload of real encodings to the proof that they are gone.</summary>
public sealed class ErasureFlowTests(EncodedPeople people) : IClassFixture<EncodedPeople>, IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TemporaryFolder _keys = new();
    private UnitHost _host = null!;

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync(
        time: _time,
        change: options => options with
        {
            Encryption = new StoreEncryption { KeyFile = Path.Join(_keys.Path, "master.key"), IsOn = true },
            Retention = new RetentionTerms(TimeSpan.FromDays(30), TimeSpan.FromDays(30), Clause: string.Empty),
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Expiry_ProjectWithResults_LeavesNoByteOfItsEncodingsAndCertificatesThatVerify()
    {
        (Project project, Canary canary) = await LinkAsync();
        Assert.Empty(canary.FindIn(_host.DataPath)); // encrypted from the first byte on
        _time.Advance(TimeSpan.FromDays(30));

        await SweepAsync(least: 2);

        Assert.Empty(canary.FindIn(_host.DataPath));
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_host.DataPath, "segments")));
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_host.DataPath, "uploads")));
        await AssertCertifiedAsync(project.Id, DeletionReason.EncodingsExpired, DeletionReason.ResultsExpired);
    }

    [Fact]
    public async Task DeleteProject_WithResults_WipesItsKeyAndIsCertified()
    {
        (Project project, Canary canary) = await LinkAsync();
        foreach (string path in Directory.EnumerateFiles(Path.Join(_host.DataPath, "segments")))
        {
            canary.Add(await File.ReadAllBytesAsync(path));
        }

        Assert.NotEmpty(canary.FindIn(_host.DataPath));

        await _host.Store.Projects.EraseAsync(project.Id, StoreTest.None);
        await SweepAsync(least: 1);

        Assert.Empty(canary.FindIn(_host.DataPath));
        IReadOnlyList<DeletionCertificate> certificates =
            await AssertCertifiedAsync(project.Id, DeletionReason.ProjectDeleted);
        Assert.True(Assert.Single(certificates).Deletion.ProjectKeyWiped);
        Assert.Equal(certificates[0].FileCount, certificates[0].KeysWiped);
    }

    [Fact]
    public async Task RemoveRecords_AfterAnHour_AreOutOfTheFileWhichIsCertifiedAndInTheAuditLog()
    {
        (Project project, _) = await LinkAsync();
        Segment old = _host.Store.Segments.ListEncodings(project.Id, "health").Single();
        Canary canary = new Canary().Add(await File.ReadAllBytesAsync(_host.Store.Segments.PathOf(old)));
        using var file = EncodedFile.Read(people.BytesOf("health"), "health");
        await _host.Lookups().RemoveRecordsAsync(
            new RemoveRecordsRequest
            {
                ProjectId = project.Id,
                Handles = { Convert.ToHexStringLower(file.Merge.Handle(0)) },
            },
            _host.As("health"));
        await _host.Services.GetRequiredService<RetentionSweeper>().SweepAsync(StoreTest.None);
        Assert.Equal(old.FileId, _host.Store.Segments.Find(old.Id)!.FileId); // others may follow within the hour

        _time.Advance(RetentionSweeper.ErasureDelay);
        await SweepAsync(least: 1);

        Assert.Empty(canary.FindIn(_host.DataPath));
        IReadOnlyList<DeletionCertificate> certificates =
            await AssertCertifiedAsync(project.Id, DeletionReason.RecordsRemoved);
        Assert.Equal(["encoding", "entities"], certificates[0].Deletion.Files.Select(gone => gone.Kind).Order());
        Assert.Equal(2, certificates[0].KeysWiped);
        AuditRecord entry = Assert.Single(
            new AuditReader(AuditFolder.InData(_host.DataPath)).ReadFrom(1),
            record => record.Event.Action == "Retention/Delete");
        Assert.Equal((AuditKind.Deletion, 2), (entry.Event.Kind, entry.Event.Counts["files"]));
    }

    [Fact]
    public async Task Sweep_OfADamagedFile_TakesRemovedRecordsOutOfTheOthers()
    {
        (Project damaged, _) = await LinkAsync();
        (Project sound, _) = await LinkAsync();
        using var file = EncodedFile.Read(people.BytesOf("health"), "health");
        foreach (Project project in new[] { damaged, sound })
        {
            await _host.Lookups().RemoveRecordsAsync(
                new RemoveRecordsRequest
                {
                    ProjectId = project.Id,
                    Handles = { Convert.ToHexStringLower(file.Merge.Handle(0)) },
                },
                _host.As("health"));
        }

        Segment broken = _host.Store.Segments.ListEncodings(damaged.Id, "health").Single();
        await File.WriteAllBytesAsync(_host.Store.Segments.PathOf(broken), new byte[broken.StoredLength]);
        _time.Advance(RetentionSweeper.ErasureDelay);

        await SweepAsync(least: 1);

        Assert.Equal([damaged.Id], _host.Store.Erasure.ListDue(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Certificates_OfARestoredBackup_AreThereInTheirOrderAndVerify()
    {
        (Project first, _) = await LinkAsync();
        Project second = await UnitFlow.AgreeAsync(_host, people);
        await _host.Store.Projects.EraseAsync(first.Id, StoreTest.None);
        await SweepAsync(least: 1);
        _time.Advance(TimeSpan.FromDays(1));
        await _host.Store.Projects.EraseAsync(second.Id, StoreTest.None);
        await SweepAsync(least: 2);
        string backup = Path.Join(_keys.Path, "backup");
        string restored = Path.Join(_keys.Path, "restored");

        await _host.Store.Backup.WriteAsync(backup, StoreTest.None);
        await StoreRestore.RunAsync(backup, restored, StoreTest.None);

        IReadOnlyList<string> texts = new DeletionCertificates(restored).List(projectId: "");
        Assert.Equal(2, texts.Count);
        Assert.Equal(_host.Services.GetRequiredService<DeletionCertificates>().List(""), texts);
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(AuditFolder.InData(restored).PublicKey));
        Assert.Equal(
            [first.Id, second.Id],
            texts.Select(text => Certificates.Verify(Encoding.UTF8.GetBytes(text), key).Deletion.ProjectId));
    }

    [Fact]
    public async Task GetDeletionCertificates_OfAProject_AreToldToItsMembersAndStaff()
    {
        (Project project, _) = await LinkAsync();
        await _host.Projects().WithdrawPartyAsync(
            new WithdrawPartyRequest { ProjectId = project.Id, Party = EncodedPeople.Parties[0] },
            _host.As(EncodedPeople.Parties[0]));
        await SweepAsync(least: 1);
        await _host.Store.Projects.EraseAsync(project.Id, StoreTest.None);
        await SweepAsync(least: 2);

        Assert.Equal(1, await CountToldAsync(EncodedPeople.Parties[0])); // of its own withdrawal
        Assert.Equal(2, await CountToldAsync(EncodedPeople.Parties[1]));
        Assert.Equal(2, await CountToldAsync("analyst"));
        Assert.Equal(2, await CountToldAsync("auditor"));
        Assert.Equal(2, await CountToldAsync("operator"));
        Assert.Equal(0, await CountToldAsync("outsider"));
    }

    private async Task<int> CountToldAsync(string caller) => (await _host.Audit().GetDeletionCertificatesAsync(
        new GetDeletionCertificatesRequest(), _host.As(caller))).CertificateTexts.Count;

    private async Task<(Project Project, Canary Canary)> LinkAsync()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        Canary canary = new();
        foreach (string party in EncodedPeople.Parties)
        {
            await UnitFlow.UploadAsync(_host, people, project.Id, party);
            byte[] file = people.BytesOf(party);

            // The header before the data has the schema, which is no secret and part of the terms.
            canary.Add(file.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(16))));
        }

        StartRunResponse started = await _host.Runs().StartRunAsync(
            new StartRunRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = project.Id }, _host.As("analyst"));
        Assert.Equal(RunState.Succeeded, await UnitFlow.WaitForEndAsync(_host, started.Run.Id));
        return (project, canary);
    }

    // The unit's own sweeper may be at it, too: what counts is what is there in the end.
    private async Task SweepAsync(int least)
    {
        using CancellationTokenSource deadline = new(Waiting.Patience);
        string folder = Path.Join(_host.DataPath, "certificates");
        while (Directory.EnumerateFiles(folder, "*.json").Count() < least
            || _host.Store.Retention.ListUncertified().Count > 0)
        {
            await _host.Services.GetRequiredService<RetentionSweeper>().SweepAsync(deadline.Token);
        }
    }

    private async Task<IReadOnlyList<DeletionCertificate>> AssertCertifiedAsync(
        string projectId, params DeletionReason[] reasons)
    {
        string publicKey = AuditFolder.InData(_host.DataPath).PublicKey;
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(publicKey));
        List<DeletionCertificate> certificates = [];
        foreach (string path in Directory.EnumerateFiles(Path.Join(_host.DataPath, "certificates")))
        {
            certificates.Add(Certificates.Verify(await File.ReadAllBytesAsync(path), key));
            Assert.Equal(ExitCode.Ok, await VerifyAsync(path, publicKey));
        }

        Assert.All(certificates, one => Assert.Equal(projectId, one.Deletion.ProjectId));
        Assert.Equal(reasons.Order(), certificates.Select(one => one.Deletion.Reason).Order());
        Assert.Equal(
            certificates.Count,
            _host.Services.GetRequiredService<DeletionCertificates>().List(projectId).Count);
        return certificates;
    }

    private static async Task<int> VerifyAsync(string path, string publicKey)
    {
        using StringWriter output = new();
        return await SidecarCommandLine.RunAsync(
            ["certificate", "verify", path, "--key", publicKey],
            new CommandEnvironment(output, output, TimeProvider.System, new Hashtable(), CancellationToken.None));
    }
}
