using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using AuditHead = Linkage.Sidecar.Audit.AuditHead;

namespace Linkage.Sidecar.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly AuditLogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Append_Events_AreNumberedChainedSignedAndOwnerOnly()
    {
        using (AuditLog log = _fixture.Open())
        {
            long last = await log.AppendAsync(
                [AuditLogFixture.Disclosure("health"), AuditLogFixture.Disclosure("schools")]);

            Assert.Equal(3, last);
            Assert.Equal(3, log.Head.Sequence);
            Assert.Equal(
                [AuditLog.StartAction, "LookupService/Lookup", "LookupService/Lookup"],
                log.ReadAfter(0).Select(record => record.Event.Action));
            Assert.Equal(["schools"], log.ReadAfter(2).Select(record => record.Event.Actor));
            Assert.Empty(log.ReadAfter(3));
        }

        AuditVerdict verdict = _fixture.Verify();
        Assert.Empty(verdict.Faults);
        Assert.Equal(4, verdict.LastSequence);
        Assert.All(Directory.GetFiles(_fixture.Folder.Root), path => Assert.False(FileRules.OthersMayUse(path)));
    }

    [Fact]
    public async Task Append_ManyAtOnce_KeepsEveryEventOnceAndTellsItsOwnNumber()
    {
        const int Callers = 500;
        using AuditLog log = _fixture.Open(segmentBytes: 8 * 1024);

        long[] numbers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async i =>
            await log.AppendAsync([AuditLogFixture.Disclosure(records: i)])));
        await log.AppendAsync([AuditLogFixture.Disclosure()]); // in a segment of its own, at the latest

        Dictionary<long, AuditRecord> records = log.ReadAfter(0).ToDictionary(record => record.Sequence);
        Assert.Equal(Callers + 2, records.Count);
        Assert.All(
            numbers.Select((number, i) => (number, i)),
            told => Assert.Equal(told.i, records[told.number].Event.Counts["records"]));
        Assert.True(_fixture.Folder.FirstNumbers().Count > 1);
    }

    [Fact]
    public async Task Append_TextTooLongToBeAName_IsRefusedAndOthersGoOn()
    {
        using AuditLog log = _fixture.Open();
        string longText = new('x', AuditLine.LongestText + 1);

        Task<long> wrong = log.AppendAsync([AuditLogFixture.Disclosure() with { Purpose = longText }]).AsTask();
        Task<long> right = log.AppendAsync([AuditLogFixture.Disclosure()]).AsTask();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => wrong);
        Assert.Equal(2, await right);
        Assert.True(_fixture.Verify().IsSound);
    }

    [Fact]
    public async Task Open_TornLastLine_IsCutAndSaid()
    {
        await _fixture.FillAsync(2);
        string segment = _fixture.Folder.Segment(1);
        await File.AppendAllTextAsync(segment, "{\"v\":1,\"sequ");

        using AuditLog log = _fixture.Open();

        AuditRecord[] records = [.. log.ReadAfter(4)];
        Assert.Equal([AuditRecovery.Action, AuditLog.StartAction], records.Select(record => record.Event.Action));
        Assert.Equal(12, records[0].Event.Counts["cut_bytes"]);
        Assert.Equal(AuditKind.Alert, records[0].Event.Kind);
        Assert.True(_fixture.Verify().IsSound);
    }

    [Fact]
    public async Task Open_EntriesCutOff_IsRefused()
    {
        await _fixture.FillAsync(5);
        string segment = _fixture.Folder.Segment(1);
        string[] lines = await File.ReadAllLinesAsync(segment);
        await File.WriteAllTextAsync(segment, string.Concat(lines[..^1].Select(line => $"{line}\n")));

        AuditDamagedException refused = Assert.Throws<AuditDamagedException>(() => _fixture.Open());

        Assert.Contains("ends with entry 6", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_KeyGone_IsRefusedAndNoOtherIsMade()
    {
        await _fixture.FillAsync(1);
        File.Delete(_fixture.Folder.Key);

        Assert.Throws<AuditDamagedException>(() => _fixture.Open());
        Assert.False(File.Exists(_fixture.Folder.Key));
    }

    [Fact]
    public async Task Verify_OlderLogWithItsOwnHead_IsSeenByAKeptHeadOnly()
    {
        await _fixture.FillAsync(3);
        string older = Path.Join(_fixture.Data, "older");
        Copy(_fixture.Folder.Root, older);
        using (AuditLog log = _fixture.Open())
        {
            await log.AppendAsync([AuditLogFixture.Disclosure()]);
        }

        AuditHead kept = _fixture.Folder.ReadHead()!;
        Copy(older, _fixture.Folder.Root);

        Assert.True(_fixture.Verify().IsSound);
        AuditVerdict verdict = _fixture.Verify(kept);
        Assert.Contains("an older log", Assert.Single(verdict.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_KeptHeadOfTheSameLog_IsSound()
    {
        await _fixture.FillAsync(3);
        AuditHead kept = _fixture.Folder.ReadHead()!;
        await _fixture.FillAsync(3);

        Assert.True(_fixture.Verify(kept).IsSound);
    }

    [Fact]
    public async Task Verify_EntriesThatNobodySigned_AreAFault()
    {
        await _fixture.FillAsync(2);
        string segment = _fixture.Folder.Segment(1);
        AuditRecord last = new AuditReader(_fixture.Folder).ReadFrom(1).Last();
        System.Buffers.ArrayBufferWriter<byte> forged = new();
        AuditLine.Write(forged, last.Sequence + 1, last.Time, AuditLogFixture.Disclosure(), last.Hash);
        await using (FileStream file = new(segment, FileMode.Append))
        {
            file.Write(forged.WrittenSpan);
            file.WriteByte((byte)'\n');
        }

        Assert.Contains("not signed", Assert.Single(_fixture.Verify().Faults), StringComparison.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string path in Directory.GetFiles(to))
        {
            File.Delete(path);
        }

        foreach (string path in Directory.GetFiles(from))
        {
            File.Copy(path, Path.Join(to, Path.GetFileName(path)));
        }
    }
}
