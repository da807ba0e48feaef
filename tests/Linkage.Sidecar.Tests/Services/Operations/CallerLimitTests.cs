using Google.Rpc;
using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;
using Project = Linkage.V1.Project;
using Upload = Linkage.V1.Upload;
using UploadState = Linkage.V1.UploadState;

namespace Linkage.Sidecar.Tests.Services.Operations;

public sealed class CallerLimitTests(EncodedPeople people) : IClassFixture<EncodedPeople>
{
    private static readonly (StatusCode, string) OverLimit = (StatusCode.ResourceExhausted, "LIMIT_REACHED");

    [Fact]
    public async Task Call_TooManyASecond_IsRefusedWithAPauseUntilTimePasses()
    {
        ManualTime time = new();
        await using UnitHost host = await StartAsync(new LimitOptions { RequestsPerSecond = 3 }, time);
        ProjectService.ProjectServiceClient client = host.Projects();
        for (int call = 0; call < 3; call++)
        {
            await client.ListProjectsAsync(new ListProjectsRequest(), host.As("health"));
        }

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ListProjectsAsync(new ListProjectsRequest(), host.As("health")));
        await client.ListProjectsAsync(new ListProjectsRequest(), host.As("benefits"));
        time.Advance(TimeSpan.FromSeconds(1));
        await client.ListProjectsAsync(new ListProjectsRequest(), host.As("health"));

        Google.Rpc.Status details = Google.Rpc.Status.Parser.ParseFrom(
            refused.Trailers.GetValueBytes("grpc-status-details-bin")!);
        RetryInfo pause = details.Details.Single(detail => detail.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>();
        Assert.Equal(OverLimit, (refused.StatusCode, UnitHost.ReasonOf(refused)));
        Assert.Equal(TimeSpan.FromSeconds(1), pause.RetryDelay.ToTimeSpan());
    }

    [Fact]
    public async Task Stream_OneMoreThanAllowed_IsRefusedAndUnaryCallsAreNot()
    {
        await using UnitHost host = await StartAsync(new LimitOptions { ConcurrentStreams = 1 });
        Project project = await UnitFlow.AgreeAsync(host, people);
        Upload first = await UnitFlow.BeginAsync(host, people, project.Id, "health");
        Upload second = await UnitFlow.BeginAsync(host, people, project.Id, "health");
        UploadChunkRequest[] chunks = EncodedPeople.Chunks(first.Id, people.BytesOf("health"));
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> open =
            host.Exchange().UploadChunk(host.As("health"));
        await open.RequestStream.WriteAsync(chunks[0]);
        string data = host.Services.GetRequiredService<SidecarOptions>().Directories.Data!;
        string part = new StoreFolders(data).Part(first.Id);
        await Waiting.UntilAsync(() => new FileInfo(part).Length > 0); // then the stream is under way

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => UnitFlow.SendAsync(
            host, "health", EncodedPeople.Chunks(second.Id, people.BytesOf("health"))[..1]));
        await host.Exchange().GetUploadAsync(new GetUploadRequest { UploadId = first.Id }, host.As("health"));
        await open.RequestStream.CompleteAsync();
        UploadChunkResponse sent = await open.ResponseAsync;

        Assert.Equal(OverLimit, (refused.StatusCode, UnitHost.ReasonOf(refused)));
        Assert.Equal(chunks[0].Data.Length, sent.AcknowledgedOffset);
    }

    [Fact]
    public async Task Begin_OverALimit_IsRefusedBeforeAnyByte()
    {
        await using UnitHost host = await StartAsync(new LimitOptions { OpenUploads = 1, UploadBytes = 1 << 20 });
        Project project = await UnitFlow.AgreeAsync(host, people);
        BeginUploadRequest tooLong = people.Announce("health", project.Id, UnitHost.NewKey);
        tooLong.Size = (1 << 20) + 1;
        BeginUploadRequest fits = people.Announce("health", project.Id, UnitHost.NewKey);

        Assert.Equal(OverLimit, await UnitHost.RefusalAsync(
            host.Exchange().BeginUploadAsync(tooLong, host.As("health"))));
        Upload open = (await host.Exchange().BeginUploadAsync(fits, host.As("health"))).Upload;
        Assert.Equal(OverLimit, await UnitHost.RefusalAsync(host.Exchange().BeginUploadAsync(
            people.Announce("health", project.Id, UnitHost.NewKey), host.As("health"))));
        Upload again = (await host.Exchange().BeginUploadAsync(fits, host.As("health"))).Upload;

        Assert.Equal(open.Id, again.Id);
        Assert.Equal(1, host.Store.CountWork().OpenUploads);
    }

    [Fact]
    public async Task Upload_Idle_ShowsWhenItExpiresAndThatItHas()
    {
        ManualTime time = new();
        await using UnitHost host = await StartAsync(new LimitOptions(), time);
        Project project = await UnitFlow.AgreeAsync(host, people);
        BeginUploadRequest request = people.Announce("health", project.Id, UnitHost.NewKey);
        Upload open = (await host.Exchange().BeginUploadAsync(request, host.As("health"))).Upload;
        time.Advance(TimeSpan.FromDays(7));

        await host.Store.Uploads.ExpireAsync(time.GetUtcNow() - TimeSpan.FromDays(7), CancellationToken.None);
        Upload over = (await host.Exchange().BeginUploadAsync(request, host.As("health"))).Upload;
        UploadChunkRequest chunk = EncodedPeople.Chunks(open.Id, people.BytesOf("health"))[0];
        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => UnitFlow.SendAsync(host, "health", [chunk]));

        Assert.Equal(time.GetUtcNow(), open.ExpireTime.ToDateTimeOffset());
        Assert.Equal((open.Id, UploadState.Expired), (over.Id, over.State));
        Assert.Null(over.ExpireTime);
        Assert.Equal("WRONG_STATE", UnitHost.ReasonOf(refused));
    }

    private static Task<UnitHost> StartAsync(LimitOptions limits, TimeProvider? time = null) =>
        UnitHost.StartAsync(change: options => options with { Limits = limits }, time: time);
}
