using System.Globalization;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

public sealed class UnitKillTests(UndisturbedUnit undisturbed) : IClassFixture<UndisturbedUnit>
{
    private const int Seed = 20;
    private const int LeastKills = 20;

    [Fact]
    public async Task Unit_KilledAtRandomPoints_LosesNothingAcknowledgedAndGivesTheSameResults()
    {
        await using UnitProcess unit = await UnitProcess.StartAsync();
        var points = KillPoints.Of(Seed);
        foreach (OutputType output in UndisturbedUnit.Outputs)
        {
            try
            {
                ProjectJourney journey = new(unit, undisturbed.People, output, points);
                AssertSame(undisturbed.Results[output], await journey.TravelAsync());
                Assert.InRange(journey.Interruptions, 1, int.MaxValue); // it was held for the kill
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"Seed {Seed}, output {output}, after {unit.Kills} kills: {failure.Message}", failure);
            }
        }

        Assert.InRange(unit.Kills, LeastKills, int.MaxValue);
    }

    [Fact]
    public async Task Unit_ThreeAgencies_GivesExactlyThePairsAndEntitiesOfTheTool()
    {
        ProjectResults results = undisturbed.Results[OutputType.Groups];

        (string[][] pairs, string[][] entities) = await LinkTool.LinkAsync(
            undisturbed.People, ProjectJourney.Seed, ProjectJourney.KeepWeight);

        Assert.Contains(pairs, row => row[6] == "match");
        Assert.Equal(pairs.Select(PairOf), results.Pairs);
        Assert.Equal(
            entities.Select(row => (row[0], row[1], row[2])).Order(),
            results.Groups
                .SelectMany(group => group.Records.Select(record => (record.Party, record.Handle, group.LinkId)))
                .Order());
    }

    private static void AssertSame(ProjectResults expected, ProjectResults actual)
    {
        Assert.Equal(expected.Pairs, actual.Pairs);
        Assert.Equal(expected.Groups, actual.Groups);
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Handles(), actual.Handles());
        Assert.Equal(expected.Mask.Count, actual.Mask.Count);
        if (expected.Mask.Count > 0)
        {
            Assert.Equal(expected.LinkedPlaces(), actual.LinkedPlaces());
        }
        else
        {
            Assert.Equal(expected.Partition(), actual.Partition());
        }
    }

    private static ScoredRecordPair PairOf(string[] row) => new()
    {
        Left = new RecordHandle { Party = row[0], Handle = row[1] },
        Right = new RecordHandle { Party = row[2], Handle = row[3] },
        Weight = double.Parse(row[4], CultureInfo.InvariantCulture),
        Probability = double.Parse(row[5], CultureInfo.InvariantCulture),
        Decision = row[6] switch
        {
            "match" => LinkDecision.Match,
            "possible" => LinkDecision.Possible,
            _ => LinkDecision.NonMatch,
        },
        Pattern = row[7],
    };
}
