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
                Add(journey.ProjectId, strangers[round]), unit.As(Party));
            links.Add(round, added.Links.Single().LinkId);

            // One more is on its way when the process dies: it is there as a whole or not at all.
            AddRecordsRequest open = Add(journey.ProjectId, strangers[Kills + round]);
            using AsyncUnaryCall<AddRecordsResponse> dying = unit.Lookups.AddRecordsAsync(open, unit.As(Party));
            await unit.KillAsync();
            _ = await Record.ExceptionAsync(async () => await dying);
            await unit.RestartAsync();

            Assert.Equal(links[round], await LinkOfAsync(unit, journey.ProjectId, strangers[round]));
            AddRecordsResponse repeated = await unit.Lookups.AddRecordsAsync(open, unit.As(Party));
            links.Add(Kills + round, repeated.Links.Single().LinkId);
        }

        Assert.Equal(Kills, unit.Kills);
        for (int i = 0; i < strangers.Length; i++)
        {
            Assert.Equal(links[i], await LinkOfAsync(unit, journey.ProjectId, strangers[i]));
        }
    }

    private AddRecordsRequest Add(string projectId, SyntheticRecord person) => new()
    {
        IdempotencyKey = UnitProcess.NewKey,
        ProjectId = projectId,
        EncodedRecords = ByteString.CopyFrom(people.Encode(Party, person).Content),
    };

    // A party finds its own records without an agreement.
    private async Task<string> LinkOfAsync(UnitProcess unit, string projectId, SyntheticRecord person)
    {
        LookupResponse answer = await unit.Lookups.LookupAsync(
            new LookupRequest
            {
                ProjectId = projectId,
                Purpose = "own-records",
                CaseReference = "test",
                EncodedRecord = ByteString.CopyFrom(people.Encode(Party, person).Content),
                Parties = { Party },
            },
            unit.As(Party));
        return answer.Answers.Single().Matches.Matches[0].LinkId;
    }
}
