using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Exchange;

public sealed class ExchangeFlowTests(EncodedPeople people) : IClassFixture<EncodedPeople>, IAsyncLifetime
{
    private UnitHost _host = null!;

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Upload_ThreePartiesAtOnce_AllAreCompleteAndReadyToLink()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);

        CompleteUploadResponse[] complete = await Task.WhenAll(EncodedPeople.Parties.Select(
            party => UnitFlow.UploadAsync(_host, people, project.Id, party)));
        PreflightResponse preflight = await _host.Exchange().PreflightAsync(
            new PreflightRequest { ProjectId = project.Id }, _host.As("analyst"));
        PreflightResponse own = await _host.Exchange().PreflightAsync(
            new PreflightRequest { ProjectId = project.Id, UploadId = complete[0].Upload.Id }, _host.As("health"));

        Assert.All(complete, done => Assert.Equal(UploadState.Complete, done.Upload.State));
        Assert.Equal(people.FactsOf("health").RecordCount, complete[0].File.RecordCount);
        Assert.Equal(people.BytesOf("schools"), await File.ReadAllBytesAsync(
            _host.Store.Segments.PathOf(_host.Store.Segments.Find(complete[2].Upload.Id)!)));
        Assert.True(preflight.Ready, string.Join('\n', preflight.Checks));
        Assert.True(preflight.Estimates.Pairs > 0);
        Assert.Contains(preflight.Checks, check => check.Kind == PreflightKind.AllParties);
        Assert.Null(own.Estimates);
        Assert.All(own.Checks, check => Assert.Equal(complete[0].Upload.Id, check.UploadId));
    }

    [Fact]
    public async Task Upload_ConnectionDroppedMidway_GoesOnWithWhatIsMissing()
    {
        (Upload upload, UploadChunkRequest[] chunks) = await BeginAsync();
        await UnitFlow.SendAsync(_host, "health", chunks[..1]);
        using (CancellationTokenSource drop = new())
        {
            using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
                _host.Exchange().UploadChunk(_host.As("health").WithCancellationToken(drop.Token));
            await call.RequestStream.WriteAsync(chunks[2]);
            await drop.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => call.ResponseAsync);
        }

        Upload resumed = await GetAsync(upload.Id);
        IEnumerable<UploadChunkRequest> missing = chunks.Where(chunk => !resumed.Acknowledged.Any(
            range => range.Start <= chunk.Offset && chunk.Offset < range.End));
        UploadChunkResponse sent = await UnitFlow.SendAsync(_host, "health", missing.Reverse());
        CompleteUploadResponse done = await CompleteAsync(upload.Id);

        Assert.Equal(0, resumed.Acknowledged[0].Start);
        Assert.DoesNotContain(chunks[0], missing);
        Assert.Equal(upload.Size, sent.AcknowledgedOffset);
        Assert.Equal(UploadState.Complete, done.Upload.State);
    }

    [Fact]
    public async Task Chunk_SentAgain_ChangesNothingAndAlteredIsRefused()
    {
        (Upload upload, UploadChunkRequest[] chunks) = await BeginAsync();
        await UnitFlow.SendAsync(_host, "health", chunks[..2]);

        UploadChunkResponse again = await UnitFlow.SendAsync(_host, "health", [chunks[1], chunks[0], chunks[1]]);
        byte[] other = RandomNumberGenerator.GetBytes(65_536);
        UploadChunkRequest altered = new()
        {
            UploadId = upload.Id,
            Data = ByteString.CopyFrom(other),
            Crc32C = ChunkChecksum.Crc32C(other),
        };

        Assert.Equal(2 * 65_536, again.AcknowledgedOffset);
        Assert.Equal((StatusCode.AlreadyExists, "CHUNK_DIFFERS"), await RefusedAsync(altered));
    }

    [Fact]
    public async Task Chunk_DamagedOrOutOfPlaceOrUnchecked_IsRefusedAndWhatCameBeforeIsKept()
    {
        (Upload upload, UploadChunkRequest[] chunks) = await BeginAsync();
        UploadChunkRequest damaged = chunks[1].Clone();
        damaged.Sha256 = ByteString.CopyFrom(new byte[32]);
        UploadChunkRequest misplaced = chunks[1].Clone();
        misplaced.Offset = 7;
        UploadChunkRequest unchecked1 = chunks[1].Clone();
        unchecked1.ClearChecksum();

        Assert.Equal((StatusCode.DataLoss, "CHUNK_DAMAGED"), await RefusedAsync(chunks[0], damaged));
        Assert.Equal((StatusCode.OutOfRange, "CHUNK_OUT_OF_PLACE"), await RefusedAsync(misplaced));
        Assert.Equal((StatusCode.InvalidArgument, "BAD_FIELDS"), await RefusedAsync(unchecked1));
        Assert.Equal(65_536, (await GetAsync(upload.Id)).Acknowledged[0].End);
        Assert.Equal(
            (StatusCode.FailedPrecondition, "UPLOAD_INCOMPLETE"),
            await UnitHost.RefusalAsync(_host.Exchange().CompleteUploadAsync(
                new CompleteUploadRequest { UploadId = upload.Id }, _host.As("health"))));
    }

    [Theory]
    [InlineData("fingerprint", "ENCODING_FINGERPRINT_DIFFERS")]
    [InlineData("key", "KEY_DIFFERS")]
    [InlineData("check", "KEY_DIFFERS")]
    [InlineData("party", "PARTY_DIFFERS")]
    [InlineData("project", "PARTY_DIFFERS")]
    public async Task Begin_FactsThatAreNotTheTerms_IsRefusedBeforeAnyByte(string wrong, string reason)
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        BeginUploadRequest request = people.Announce("health", project.Id, UnitHost.NewKey);
        switch (wrong)
        {
            case "fingerprint": request.Facts.EncodingFingerprint = new string('0', 64); break;
            case "key": request.Facts.KeyId = new string('0', 16); break;
            case "check": request.Facts.CheckValue = new string('0', 32); break;
            case "party": request.Facts.Party = "benefits"; break;
            default: request.Facts.KeyProject = "another"; break;
        }

        (StatusCode Code, string Reason) refused = await UnitHost.RefusalAsync(
            _host.Exchange().BeginUploadAsync(request, _host.As("health")));

        Assert.Equal((StatusCode.FailedPrecondition, reason), refused);
        Assert.Equal(0, _host.Store.CountWork().OpenUploads);
    }

    [Fact]
    public async Task Complete_FileOfAnotherParty_IsDiscarded()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        BeginUploadRequest request = people.Announce("benefits", project.Id, UnitHost.NewKey);
        request.Facts.Party = "health";
        string id = (await _host.Exchange().BeginUploadAsync(request, _host.As("health"))).Upload.Id;
        await UnitFlow.SendAsync(_host, "health", EncodedPeople.Chunks(id, people.BytesOf("benefits")));

        (StatusCode Code, string Reason) refused = await UnitHost.RefusalAsync(
            _host.Exchange().CompleteUploadAsync(new CompleteUploadRequest { UploadId = id }, _host.As("health")));

        Assert.Equal((StatusCode.FailedPrecondition, "PARTY_DIFFERS"), refused);
        Assert.Equal(UploadState.Discarded, (await GetAsync(id)).State);
    }

    [Fact]
    public async Task Complete_NoEncodedFile_IsDiscardedAndItsPathIsNotTold()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        byte[] noise = RandomNumberGenerator.GetBytes(100_000);
        BeginUploadRequest request = people.Announce("health", project.Id, UnitHost.NewKey);
        (request.Size, request.Sha256) = (noise.Length, Convert.ToHexStringLower(SHA256.HashData(noise)));
        string id = (await _host.Exchange().BeginUploadAsync(request, _host.As("health"))).Upload.Id;
        await UnitFlow.SendAsync(_host, "health", EncodedPeople.Chunks(id, noise));

        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await _host.Exchange()
            .CompleteUploadAsync(new CompleteUploadRequest { UploadId = id }, _host.As("health")));

        Assert.Equal("NOT_AN_ENCODED_FILE", UnitHost.ReasonOf(refused));
        Assert.DoesNotContain(Path.DirectorySeparatorChar, refused.Status.Detail);
        Assert.Equal(UploadState.Discarded, (await GetAsync(id)).State);
    }

    [Fact]
    public async Task Discard_CompleteUpload_TakesItsFileAway()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        CompleteUploadResponse done = await UnitFlow.UploadAsync(_host, people, project.Id, "health");
        string path = _host.Store.Segments.PathOf(_host.Store.Segments.Find(done.Upload.Id)!);

        DiscardUploadResponse discarded = await _host.Exchange().DiscardUploadAsync(
            new DiscardUploadRequest { UploadId = done.Upload.Id }, _host.As("health"));

        Assert.Equal(UploadState.Discarded, discarded.Upload.State);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task List_Pages_AreThoseOfTheCallerAlone()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        await UnitFlow.BeginAsync(_host, people, project.Id, "benefits");
        Upload[] begun = new Upload[3];
        for (int upload = 0; upload < begun.Length; upload++)
        {
            begun[upload] = await UnitFlow.BeginAsync(_host, people, project.Id, "health");
        }

        ListUploadsRequest ask = new() { ProjectId = project.Id, PageSize = 2 };
        ListUploadsResponse first = await _host.Exchange().ListUploadsAsync(ask, _host.As("health"));
        ask.PageToken = first.NextPageToken;
        ListUploadsResponse second = await _host.Exchange().ListUploadsAsync(ask, _host.As("health"));

        Assert.Equal(
            begun.Select(upload => upload.Id).Order(),
            first.Uploads.Concat(second.Uploads).Select(upload => upload.Id).Order());
        Assert.Empty(second.NextPageToken);
        Assert.Equal(
            (StatusCode.InvalidArgument, "BAD_PAGE_TOKEN"),
            await UnitHost.RefusalAsync(_host.Exchange().ListUploadsAsync(ask, _host.As("benefits"))));
    }

    private async Task<(Upload Upload, UploadChunkRequest[] Chunks)> BeginAsync()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        Upload upload = await UnitFlow.BeginAsync(_host, people, project.Id, "health");
        UploadChunkRequest[] chunks = EncodedPeople.Chunks(upload.Id, people.BytesOf("health"));
        Array.ForEach(chunks, chunk => chunk.UploadId = upload.Id);
        Assert.True(chunks.Length >= 4);
        return (upload, chunks);
    }

    private async Task<(StatusCode Code, string Reason)> RefusedAsync(params UploadChunkRequest[] chunks)
    {
        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => UnitFlow.SendAsync(_host, "health", chunks));
        return (refused.StatusCode, UnitHost.ReasonOf(refused));
    }

    private async Task<Upload> GetAsync(string id) => (await _host.Exchange().GetUploadAsync(
        new GetUploadRequest { UploadId = id }, _host.As("health"))).Upload;

    private async Task<CompleteUploadResponse> CompleteAsync(string id) => await _host.Exchange()
        .CompleteUploadAsync(new CompleteUploadRequest { UploadId = id }, _host.As("health"));
}
