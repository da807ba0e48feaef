using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Agreement;

public class JointLevelChancesTests
{
    private static readonly LinkageSchema Schema = Samples.Schema("""
        {
          "format": "linkage-schema/1",
          "fields": [
            { "name": "name", "kind": "name" }, { "name": "street", "kind": "address" },
            { "name": "phone", "kind": "phone" }, { "name": "zip", "kind": "postcode" }
          ],
          "passes": [{ "name": "one", "key": ["Z3", "P"] }, { "name": "two", "key": ["Z", "ASx"] }]
        }
        """);

    private static ComparedFields Group => ComparedFields.FromSchema(Schema)[1];

    [Fact]
    public void FromSchema_GroupWithCrosswiseLevels_IsLeftOut()
    {
        LinkageSchema schema = Samples.People.WithSwappedNames();
        string crosswise = schema.Groups.Single(group => group.SwappedLevels.Count > 0).Name;

        string[] counted = [.. ComparedFields.FromSchema(schema).Select(comparison => comparison.Name)];

        Assert.DoesNotContain(crosswise, counted);
        Assert.NotEmpty(counted);
    }

    [Fact]
    public void Add_FieldAlone_IsTheFieldsOwnChances()
    {
        JointLevelChances joint = new(Schema, ComparedFields.FromSchema(Schema)[0]);
        FieldLevelChances field = new(Schema.Fields[0], Schema.Profile);
        Prop.ForAll(Gen.Choose(0, 1024).ToArbitrary(), distance =>
        {
            double[] sums = new double[5];
            joint.Add([distance], sums);
            return AreNear(sums, field.Of(distance).ToArray());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_GroupAtAnyDistances_IsTheSumOverAllCombinationsOfLevels()
    {
        JointLevelChances joint = new(Schema, Group);
        FieldLevelChances[] fields =
            [.. Group.Fields.Select(field => new FieldLevelChances(Schema.Fields[field], Schema.Profile))];

        // Also missing fields, and distances at which several levels are likely.
        Gen<int> distance = Gen.OneOf(Gen.Choose(-1, 0), Gen.Choose(60, 400));
        Prop.ForAll(distance.ArrayOf(3).ToArbitrary(), distances =>
        {
            double[] sums = new double[Group.LevelCount];
            joint.Add(distances, sums);
            return AreNear(sums, ByCombinations(fields, distances));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_SecondPair_AddsToTheFirst()
    {
        JointLevelChances joint = new(Schema, Group);
        double[] sums = new double[Group.LevelCount];
        joint.Add([0, 300, 0], sums);
        joint.Add([JointLevelChances.Missing, 0, JointLevelChances.Missing], sums);

        Assert.Equal(1, sums[^1], 9);
        Assert.Equal(1, sums[^2], 9);
        Assert.Equal(2, sums.Sum(), 9);
    }

    private static double[] ByCombinations(FieldLevelChances[] fields, int[] distances)
    {
        double[] expected = new double[Group.LevelCount];
        for (int combination = 0; combination < 216; combination++)
        {
            // Level 5 stands for a missing value.
            int[] levels = [combination % 6, combination / 6 % 6, combination / 36];
            double chance = 1;
            for (int i = 0; i < levels.Length; i++)
            {
                bool isMissing = distances[i] == JointLevelChances.Missing;
                chance *= isMissing == (levels[i] == 5) ? (isMissing ? 1 : fields[i].Of(distances[i])[levels[i]]) : 0;
            }

            int best = Group.Levels.ToList().FindIndex(level =>
                level.All(demand => levels[demand.Position] is < 5 and int own && own >= demand.Least));
            expected[best < 0 ? 0 : Group.Levels.Count - best] += chance;
        }

        return expected;
    }

    private static bool AreNear(double[] one, double[] other) =>
        one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
}
