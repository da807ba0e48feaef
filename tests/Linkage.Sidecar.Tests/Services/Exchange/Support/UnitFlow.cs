using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Exchange.Support;

/// <summary>The steps of a project as its members take them.</summary>
internal static class UnitFlow
{
    /// <summary>A project of three parties, all of whom have approved.</summary>
    public static async Task<Project> AgreeAsync(UnitHost host, EncodedPeople people)
    {
        Project project = await ProposeAsync(host, people);
        ProjectService.ProjectServiceClient client = host.Projects();
        ApproveTermsRequest approval = new() { ProjectId = project.Id, TermsDigest = project.Terms.Digest };
        foreach (string party in EncodedPeople.Parties)
        {
            project = (await client.ApproveTermsAsync(approval, host.As(party))).Project;
        }

        return project;
    }

    /// <summary>A project of three parties with terms that nobody has approved.</summary>
    public static async Task<Project> ProposeAsync(UnitHost host, EncodedPeople people)
    {
        ProjectService.ProjectServiceClient client = host.Projects();
        string id = (await CreateAsync(host)).Id;
        foreach (string party in EncodedPeople.Parties)
        {
            await client.InvitePartyAsync(
                new InvitePartyRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = id, Party = party },
                host.As("analyst"));
        }

        ProposeTermsResponse proposed = await client.ProposeTermsAsync(
            new ProposeTermsRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = id, Terms = people.Terms() },
            host.As("analyst"));
        return proposed.Project;
    }

    public static async Task<Project> CreateAsync(UnitHost host, string name = "study") =>
        (await host.Projects().CreateProjectAsync(
            new CreateProjectRequest { IdempotencyKey = UnitHost.NewKey, Name = name }, host.As("analyst"))).Project;

    public static async Task<Upload> BeginAsync(UnitHost host, EncodedPeople people, string projectId, string party) =>
        (await host.Exchange().BeginUploadAsync(
            people.Announce(party, projectId, UnitHost.NewKey), host.As(party))).Upload;

    public static async Task<UploadChunkResponse> SendAsync(
        UnitHost host, string party, IEnumerable<UploadChunkRequest> chunks)
    {
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            host.Exchange().UploadChunk(host.As(party));
        foreach (UploadChunkRequest chunk in chunks)
        {
            await call.RequestStream.WriteAsync(chunk);
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    /// <summary>A whole upload.</summary>
    public static async Task<CompleteUploadResponse> UploadAsync(
        UnitHost host, EncodedPeople people, string projectId, string party)
    {
        Upload upload = await BeginAsync(host, people, projectId, party);
        await SendAsync(host, party, EncodedPeople.Chunks(upload.Id, people.BytesOf(party)));
        return await host.Exchange().CompleteUploadAsync(
            new CompleteUploadRequest { UploadId = upload.Id }, host.As(party));
    }

    /// <summary>Watches a run to its end.</summary>
    /// <returns>The state it ended in.</returns>
    public static async Task<RunState> WaitForEndAsync(UnitHost host, string runId)
    {
        using CancellationTokenSource deadline = new(Waiting.Patience);
        using AsyncServerStreamingCall<WatchRunResponse> watch = host.Runs().WatchRun(
            new WatchRunRequest { RunId = runId }, host.As("analyst").WithCancellationToken(deadline.Token));
        RunState last = RunState.Unspecified;
        while (await watch.ResponseStream.MoveNext(deadline.Token))
        {
            last = watch.ResponseStream.Current.Run.State;
        }

        return last;
    }
}
