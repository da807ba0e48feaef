using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class RunMessagesTests
{
    // Whoever is told 1/347 knows that there are 347 pairs, and with a file of one record what they are pairs with.
    [Theory]
    [InlineData(1, 347, 0)]
    [InlineData(5, 347, 0.01)]
    [InlineData(346, 347, 0.99)]
    [InlineData(347, 347, 1)]
    [InlineData(0, 0, 0)]
    public void Create_Progress_IsToldInWholePercent(long done, long total, double share)
    {
        Stored.RunEvent latest = new(
            2, DateTimeOffset.UnixEpoch, Stored.RunState.Running, new Stored.RunProgress("compare", done, total));
        Stored.Run run = new(
            "run", "project", "key", RunPlan.From(new RunOptions(), 1).ToJson(), latest, 1, null,
            DateTimeOffset.UnixEpoch);

        Run message = RunMessages.Create(run, [latest], withOptions: false);

        Assert.Equal(share, message.Share);
    }
}
