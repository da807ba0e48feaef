using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class TransitionsTests
{
    [Fact]
    public void OfProject_ClosedOrDeleting_NeverComesBack()
    {
        Assert.Equal([ProjectState.Deleting], After(Transitions.OfProject, ProjectState.Closed));
        Assert.Empty(After(Transitions.OfProject, ProjectState.Deleting));
    }

    [Fact]
    public void OfParty_Withdrawn_IsFinal() => Assert.Empty(After(Transitions.OfParty, PartyState.Withdrawn));

    [Theory]
    [InlineData(nameof(UploadState.Complete))]
    [InlineData(nameof(UploadState.Discarded))]
    [InlineData(nameof(UploadState.Expired))]
    public void OfUpload_Ended_IsFinal(string state) =>
        Assert.Empty(After(Transitions.OfUpload, Enum.Parse<UploadState>(state)));

    [Fact]
    public void OfRun_Ended_CanOnlyLoseItsResults()
    {
        Assert.Equal([RunState.Cancelled], After(Transitions.OfRun, RunState.Done));
        Assert.Empty(After(Transitions.OfRun, RunState.Failed));
        Assert.Empty(After(Transitions.OfRun, RunState.Cancelled));
    }

    [Fact]
    public void Require_StepNotAllowed_SaysFromWhereToWhere()
    {
        StoreRefusedException refused = Assert.Throws<StoreRefusedException>(
            () => Transitions.OfRun.Require(RunState.Queued, RunState.Done));

        Assert.Equal(StoreRefusal.WrongState, refused.Refusal);
        Assert.Equal("The run is Queued; from there it cannot become Done.", refused.Message);
    }

    private static TState[] After<TState>(StateTable<TState> table, TState from)
        where TState : struct, Enum =>
        [.. Enum.GetValues<TState>().Where(to => table.Allows(from, to))];
}
