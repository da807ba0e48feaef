using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreModelTests
{
    private const int Sequences = 20;
    private const int CallsInEach = 45;

    // Weighted, so that most sequences come to uploads and runs before the project is closed.
    private static readonly string[] Calls =
    [
        "invite", "propose", "propose", "withdraw", "close",
        .. Enumerable.Repeat("approve", 10),
        .. Enumerable.Repeat("begin", 5), .. Enumerable.Repeat("complete", 5), "discard",
        .. Enumerable.Repeat("queue", 4), .. Enumerable.Repeat("claim", 4), "report", "finish", "finish", "fail",
        "fail", "cancel", "reopen",
    ];

    private static Arbitrary<(string Call, int Choice)[]> Programs =>
        (from call in Gen.Elements(Calls)
         from choice in Gen.Choose(0, 1000)
         select (call, choice))
        .ArrayOf(CallsInEach).ToArbitrary();

    [Fact]
    public void Store_AnySequenceOfCalls_DoesWhatTheModelDoes()
    {
        HashSet<string> reached = [];

        Prop.ForAll(Programs, program => Wait(RunAsync(program, reached))).Check(
            Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithReplay(1234, 5679)); // or the reach below would vary

        // No time passes in a program, so nothing expires.
        string[] all =
        [
            .. Enum.GetNames<UploadState>().Where(name => name != nameof(UploadState.Expired)),
            .. Enum.GetNames<RunState>(), nameof(ProjectState.Agreed),
            nameof(ProjectState.Closed), nameof(StoreRefusal.Stale), nameof(StoreRefusal.NotFound),
            nameof(StoreRefusal.WrongState),
        ];
        Assert.Empty(all.Except(reached));
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static async Task RunAsync((string Call, int Choice)[] program, HashSet<string> reached)
    {
        using TemporaryFolder folder = new();
        await using ModelledProject project = await ModelledProject.CreateAsync(folder.Path);
        foreach ((string call, int choice) in program)
        {
            StoreRefusal? expected = await project.CallAsync(call, choice);
            reached.Add($"{expected}");
            project.Compare(reached);
        }

        await project.DeleteAsync();
        Assert.Empty(Files(folder.Path, "segments"));
        Assert.Empty(Files(folder.Path, "uploads"));
    }
}
