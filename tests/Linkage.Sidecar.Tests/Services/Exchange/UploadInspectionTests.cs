using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Services.Exchange;

public sealed class UploadInspectionTests(RunPeople people) : IClassFixture<RunPeople>
{
    private const string Party = "schools";

    [Fact]
    public void Inspect_FileWithoutARecordThatWasAnnounced_IsTakenOnlyIfItWasKeptBefore()
    {
        using TemporaryFolder folder = new();
        string path = Path.Join(folder.Path, "reduced.lke");
        using var announced = EncodedFile.Open(people.PathOf(Party));
        using (FileStream target = File.Create(path))
        {
            EncodedFileReducer.Write(announced, [people.HandlesOf(Party)[0]], target);
        }

        ProjectTerms terms = people.Terms(OutputType.LinkIds);
        using StoredFile reduced = new(path, new FileInfo(path).Length, cipher: null);

        Assert.Throws<RpcException>(() => UploadInspection.Inspect(reduced, UploadOf(announced.Header), terms));
        Assert.Equal(
            announced.Header.RecordCount - 1,
            UploadInspection.InspectKept(reduced, UploadOf(announced.Header), terms).RecordCount);
        Assert.Throws<RpcException>(
            () => UploadInspection.InspectKept(reduced, UploadOf(announced.Header), terms with { KeyId = "other" }));
    }

    private static Upload UploadOf(EncodedFileHeader header) => new(
        StoreIds.Create(),
        StoreIds.Create(),
        Party,
        "key",
        StoreTest.PlanOf([1]) with { Facts = UploadViews.WriteFacts(UploadViews.FactsOf(header)) },
        TermsVersion: 1,
        UploadState.Complete,
        ByteRanges.Empty,
        DateTimeOffset.UnixEpoch)
    {
        TouchedAt = DateTimeOffset.UnixEpoch,
    };
}
