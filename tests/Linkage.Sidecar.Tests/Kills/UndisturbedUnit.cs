using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>What a unit that nobody killed gave for each output type.</summary>
public sealed class UndisturbedUnit : IAsyncLifetime
{
    internal static IReadOnlyList<OutputType> Outputs { get; } =
        [OutputType.Groups, OutputType.OwnLinkIds, OutputType.PermutationAndMask, OutputType.Counts];

    internal RunPeople People { get; } = new();

    internal Dictionary<OutputType, ProjectResults> Results { get; } = [];

    public async Task InitializeAsync()
    {
        await using UnitProcess unit = await UnitProcess.StartAsync();
        foreach (OutputType output in Outputs)
        {
            Results.Add(output, await new ProjectJourney(unit, People, output, KillPoints.None).TravelAsync());
        }
    }

    public Task DisposeAsync()
    {
        People.Dispose();
        return Task.CompletedTask;
    }
}
