using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreCrashTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Store_KilledAtRandomPoints_HasAllThatWasAcknowledgedAndNothingElse()
    {
        using TemporaryFolder folder = new();
        AcknowledgedThings acknowledged = new();
        Random random = new(20);
        for (int kill = 1; kill <= Kills; kill++)
        {
            acknowledged.Add(await StoreProcess.KillAfterAsync(folder.Path, kill, random.Next(2, 45)));
            using UnitStore store = await StoreTest.OpenAsync(folder.Path);

            await acknowledged.CheckAsync(store);
            CheckFiles(folder.Path);
        }

        Assert.NotEqual(0, acknowledged.SegmentCount);
    }

    [Fact]
    public async Task Store_NoFileMayGrow_RefusesAndKeepsAllThatWasAcknowledged()
    {
        using TemporaryFolder folder = new();
        AcknowledgedThings acknowledged = new();

        // Blocks of 512 bytes; the database's journal is the first to reach the limit.
        IReadOnlyList<string> printed = await StoreProcess.RunWithFileLimitAsync(folder.Path, blocks: 1400);

        Assert.Equal(StoreProgram.CannotWrite, printed[^1]);
        acknowledged.Add(printed.SkipLast(1));
        using UnitStore store = await StoreTest.OpenAsync(folder.Path);
        await acknowledged.CheckAsync(store);
        CheckFiles(folder.Path);
        await StoreTest.AgreedAsync(store, "health");
    }

    private static void CheckFiles(string root)
    {
        StoreFolders folders = new(root);
        using SqliteConnection connection = new($"Data Source={folders.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Assert.Equal(["ok"], connection.Query("PRAGMA integrity_check", row => row.GetString(0)));
        IEnumerable<string> expectedSegments = SegmentRows.All(connection)
            .Select(segment => Path.GetFileName(folders.Segment(segment.Id, segment.Kind)));
        IEnumerable<string> expectedParts = UploadRows.Receiving(connection)
            .Select(upload => Path.GetFileName(folders.Part(upload.Id)));
        Assert.Equal(expectedSegments.Order(), StoreTest.Files(root, "segments"));
        Assert.Equal(expectedParts.Order(), StoreTest.Files(root, "uploads"));
    }
}
