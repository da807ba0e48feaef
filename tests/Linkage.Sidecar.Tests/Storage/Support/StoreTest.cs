using System.Security.Cryptography;
using System.Text;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>Short forms of what most tests of the store do.</summary>
internal static class StoreTest
{
    public const int Chunk = UploadPlan.MinChunkLength;

    public static CancellationToken None => CancellationToken.None;

    public static Task<UnitStore> OpenAsync(string folder) => UnitStore.OpenAsync(folder, TimeProvider.System);

    public static IdempotentRequest Request(string key, string content = "", string caller = "operator") =>
        new(caller, key, SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public static ProjectTerms Terms(string linkage = "l1") => new()
    {
        EncodingFingerprint = "e1",
        LinkageFingerprint = linkage,
        KeyId = "k1",
        CheckValue = "c1",
        SchemaText = "{}",
        Output = OutputType.LinkIds,
    };

    public static async Task<Project> AgreedAsync(UnitStore store, params string[] parties)
    {
        Project project = await store.Projects.CreateAsync("study", parties, Request(StoreIds.Create()), None);
        project = await store.Projects.ProposeAsync(project.Id, Terms(), None);
        foreach (string party in parties)
        {
            project = await store.Projects.ApproveAsync(project.Id, party, project.TermsVersion, None);
        }

        return project;
    }

    public static byte[] Content(int length, int seed)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    public static UploadPlan PlanOf(byte[] content) => new("file.lke", content.Length, SHA256.HashData(content), Chunk);

    public static Task<Upload> BeginAsync(UnitStore store, Project project, string party, byte[] content) =>
        store.Uploads.BeginAsync(
            project.Id, party, PlanOf(content), Request($"upload {StoreIds.Create()}", caller: party), None);

    public static async Task SendAsync(UploadSession session, byte[] content, params int[] chunks)
    {
        foreach (int chunk in chunks)
        {
            await session.WriteAsync(chunk * (long)Chunk, ChunkOf(content, chunk), None);
        }
    }

    public static ReadOnlyMemory<byte> ChunkOf(byte[] content, int chunk) =>
        content.AsMemory(chunk * Chunk, Math.Min(Chunk, content.Length - (chunk * Chunk)));

    public static int ChunksOf(byte[] content) => (content.Length + Chunk - 1) / Chunk;

    public static async Task<Segment> UploadAsync(UnitStore store, Project project, string party, byte[] content)
    {
        Upload upload = await BeginAsync(store, project, party, content);
        await using (UploadSession session = await store.Uploads.OpenAsync(upload.Id, None))
        {
            await SendAsync(session, content, [.. Enumerable.Range(0, ChunksOf(content))]);
            await session.AcknowledgeAsync(None);
        }

        return await CompleteAsync(store, upload.Id);
    }

    public static Task<Segment> CompleteAsync(UnitStore store, string uploadId) =>
        store.Uploads.CompleteAsync(uploadId, (_, _) => Task.CompletedTask, None);

    public static Task<Run> QueueAsync(UnitStore store, Project project, params Segment[] inputs) =>
        store.Runs.QueueAsync(
            project.Id, "{}", [.. inputs.Select(input => input.Id)], Request($"run {StoreIds.Create()}"), None);

    public static async Task<Run> FinishAsync(UnitStore store, Run claimed, byte[] pairs)
    {
        using ResultDraft draft = store.Runs.BeginResult(SegmentKind.Pairs, "pairs.csv");
        await draft.Stream.WriteAsync(pairs);
        return await store.Runs.CompleteAsync(claimed.Id, claimed.Attempt, [draft], None);
    }

    public static async Task RefusedAsync(StoreRefusal expected, Func<Task> action)
    {
        StoreRefusedException refused = await Assert.ThrowsAsync<StoreRefusedException>(action);
        Assert.Equal(expected, refused.Refusal);
    }

    public static string[] Files(string folder, string subfolder) =>
        [.. Directory.EnumerateFiles(Path.Join(folder, subfolder)).Select(Path.GetFileName).OfType<string>().Order()];
}
