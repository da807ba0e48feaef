using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Synthetic;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

public sealed class AddedRecordKillTests(RunPeople people) : IClassFixture<RunPeople>
{
    private const int Kills = 20;
    private const string Party = "schools";
    private const string Other = "health";

    [Fact]
    public async Task Unit_KilledAfterAnAcknowledgedAddition_LosesNoneOfTwenty()
    {
        await using UnitProcess unit = await UnitProcess.StartAsync();
        ProjectJourney journey = new(unit, people, OutputType.OwnLinkIds, KillPoints.None);
        await journey.TravelAsync();
        SyntheticRecord[] strangers =
        [
            .. new PeopleGenerator(new PeopleOptions { PeoplePerAgency = 2 * Kills, Agencies = 1, Seed = 4711 })
                .Records(0).DistinctBy(record => record.TruthPersonId).Take(2 * Kills),
        ];
        Dictionary<int, string> links = [];

        for (int round = 0; round < Kills; round++)
        {
            AddRecordsResponse added = await unit.Lookups.AddRecordsAsync(
                Add(journey.ProjectId, Party, strangers[round]), unit.As(Party));
            links.Add(round, added.Links.Single().LinkId);

            // One more is on its way when the process dies: it is there as a whole or not at all.
            AddRecordsRequest open = Add(journey.ProjectId, Party, strangers[Kills + round]);
            using AsyncUnaryCall<AddRecordsResponse> dying = unit.Lookups.AddRecordsAsync(open, unit.As(Party));
            await unit.KillAsync();
            _ = await Record.ExceptionAsync(async () => await dying);
            await unit.RestartAsync();

            AddRecordsResponse repeated = await unit.Lookups.AddRecordsAsync(open, unit.As(Party));
            links.Add(Kills + round, repeated.Links.Single().LinkId);
            Assert.Equal(links[round], await LinkOfSameAsync(unit, journey.ProjectId, strangers[round]));
        }

        Assert.Equal(Kills, unit.Kills);
        ListLinkChangesResponse changes = await unit.Lookups.ListLinkChangesAsync(
            new ListLinkChangesRequest { ProjectId = journey.ProjectId, PageSize = 1000 }, unit.As(Party));
        Assert.Equal(
            links.Values.Order(StringComparer.Ordinal),
            changes.Changes.SelectMany(change => change.Records).Select(record => record.NewLinkId)
                .Order(StringComparer.Ordinal));
    }

    private AddRecordsRequest Add(string projectId, string party, SyntheticRecord person) => new()
    {
        IdempotencyKey = UnitProcess.NewKey,
        ProjectId = projectId,
        EncodedRecords = ByteString.CopyFrom(people.Encode(party, person).Content),
    };

    // Another party's record of the same person finds it, or it would not be given its link id.
    private async Task<string> LinkOfSameAsync(UnitProcess unit, string projectId, SyntheticRecord person) =>
        (await unit.Lookups.AddRecordsAsync(Add(projectId, Other, person), unit.As(Other))).Links.Single().LinkId;
}
