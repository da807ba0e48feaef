using System.Diagnostics;
using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Faults.Support;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;
using UnitHost = Linkage.Sidecar.Tests.Services.Access.Support.UnitHost;

namespace Linkage.Sidecar.Tests.Faults;

/// <summary>A process on a disk without room: it says so, leaves nothing half written, and goes on when there is some.
/// </summary>
public sealed class DiskFullTests(RunPeople people) : IClassFixture<RunPeople>
{
    private static readonly (StatusCode, string) DiskFull = (StatusCode.ResourceExhausted, "DISK_FULL");

    [SmallDiskFact]
    public async Task Upload_DiskFull_AcknowledgesNothingAndGoesOnOnceThereIsRoom()
    {
        await using FaultUnit unit = await FaultUnit.StartAsync(people, onSmallDisk: true);
        (Upload upload, UploadChunkRequest[] chunks) = await unit.BeginAsync("health");
        SmallDisk disk = unit.Disk();

        disk.Fill();
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => unit.SendAsync("health", chunks));
        GetUploadResponse kept = await unit.Exchange("health").GetUploadAsync(
            new GetUploadRequest { UploadId = upload.Id });
        disk.Free();
        UploadChunkResponse sent = await unit.SendAsync("health", chunks);
        CompleteUploadResponse done = await unit.Exchange("health").CompleteUploadAsync(
            new CompleteUploadRequest { UploadId = upload.Id });

        Assert.Equal(DiskFull, (refused.StatusCode, UnitHost.ReasonOf(refused)));
        Assert.Empty(kept.Upload.Acknowledged);
        Assert.Equal(upload.Size, sent.AcknowledgedOffset);
        Assert.Equal(UploadState.Complete, done.Upload.State);
    }

    [SmallDiskFact]
    public async Task Run_DiskFull_FailsWithTheReasonAndTheNextOneSucceeds()
    {
        const int BlocksToStart = 40;
        await using FaultUnit unit = await FaultUnit.StartAsync(people, onSmallDisk: true);
        SmallDisk disk = unit.Disk();
        disk.Fill(BlocksToStart);

        string failing = await StartAsync(unit);
        using (AsyncServerStreamingCall<WatchRunResponse> watch = unit.Runs().WatchRun(new() { RunId = failing }))
        {
            await ReachAsync(watch, RunState.Running);
            disk.Fill();
            await unit.Process.LoggedAsync("DISK_FULL");
            disk.Free();
            Run failed = await ReachAsync(watch, RunState.Failed);
            Assert.Equal("DISK_FULL", failed.FailureReason);
        }

        Assert.Empty(disk.Names("uploads"));
        Assert.DoesNotContain(disk.Names("segments"), name => name.EndsWith(".result", StringComparison.Ordinal));
        string next = await StartAsync(unit);
        using AsyncServerStreamingCall<WatchRunResponse> second = unit.Runs().WatchRun(new() { RunId = next });
        await ReachAsync(second, RunState.Succeeded);
    }

    [SmallDiskFact]
    public async Task Encode_DiskFull_LeavesNothingAndSucceedsOnceThereIsRoom()
    {
        using ConfigFolder folder = new();
        OwnerFolder.Schema.Save(folder.PathOf($"schemas/{OwnerFolder.SchemaName}"));
        using (OwnerFolder owner = new())
        {
            owner.Key.Save(folder.PathOf($"keys/{OwnerFolder.KeyName}"));
        }

        string output = folder.PathOf("output");
        await using FaultProcess process = await FaultProcess.StartAsync(
            folder, new Dictionary<string, string>(), SmallDisk.Mount(output));
        SmallDisk disk = new(process.Root + output);
        EncodingService.EncodingServiceClient client = new(process.Connect("health"));
        EncodeStart start = OwnerCalls.Start();

        disk.Fill();
        RpcException refused = await OwnerCalls.FailureAsync(
            () => OwnerCalls.EncodeAsync(client, start, OwnerCalls.Records(0, 200)));
        string[] left = disk.Names();
        disk.Free();
        EncodedFileSummary file = await OwnerCalls.EncodeAsync(client, start, OwnerCalls.Records(0, 200));

        Assert.Equal(DiskFull, (refused.StatusCode, OwnerCalls.ReasonOf(refused)));
        Assert.Empty(left);
        Assert.Equal(200, file.RecordCount);
        Assert.Contains(OwnerCalls.FileName, disk.Names());
    }

    [SmallDiskFact]
    public async Task Backup_DiskFull_SaysSoAndLeavesNothing()
    {
        await using RunBench bench = await RunBench.CreateAsync(people, Stored.OutputType.Groups);
        bench.Close();
        using ConfigFolder folder = new();
        using TemporaryFolder target = new();
        const string Script =
            "mount -t tmpfs -o size=256k none \"$0\" && dotnet \"$1\" backup --config \"$2\" --out \"$0\";"
            + " code=$?; find \"$0\" -mindepth 1; exit $code";
        ProcessStartInfo start = new(
            "unshare",
            ["-rm", "sh", "-c", Script, target.Path, typeof(SidecarHost).Assembly.Location, folder.Config])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LINKAGE__Directories__Data"] = bench.Folder;

        using Process backup = Process.Start(start)!;
        Task<string> error = backup.StandardError.ReadToEndAsync();
        string output = await backup.StandardOutput.ReadToEndAsync();
        await backup.WaitForExitAsync();
        await bench.OpenAsync();

        Assert.Equal(2, backup.ExitCode);
        Assert.Single((await error).TrimEnd().Split('\n'));
        Assert.Empty(output);
    }

    private static async Task<string> StartAsync(FaultUnit unit) => (await unit.Runs().StartRunAsync(
        new StartRunRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = unit.ProjectId })).Run.Id;

    private static async Task<Run> ReachAsync(AsyncServerStreamingCall<WatchRunResponse> watch, RunState state)
    {
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Run.State == state)
            {
                return watch.ResponseStream.Current.Run;
            }
        }

        throw new InvalidOperationException("The run ended in another state.");
    }
}
