using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Incremental;

namespace Linkage.Core.Tests.Incremental;

public sealed class EntityMembersTests
{
    [Fact]
    public void Of_AfterAnyAdditionsAndRemovals_HoldsWhatAListWouldHold()
    {
        // A record that is in an entity is taken out; one that is in none is put into that of the second number.
        Gen<(int Record, int Entity)[]> moves =
            Gen.ArrayOf(Gen.Choose(0, 11).SelectMany(record => Gen.Choose(0, 2).Select(entity => (record, entity))));
        Check.QuickThrowOnFailure(Prop.ForAll(moves.ToArbitrary(), HoldsWhatAListHolds));
    }

    private static bool HoldsWhatAListHolds((int Record, int Entity)[] moves)
    {
        EntityMembers members = new();
        Dictionary<int, string> expected = [];
        foreach ((int record, int entity) in moves)
        {
            if (expected.Remove(record, out string? old))
            {
                members.Remove(old, record);
            }
            else
            {
                expected.Add(record, $"{entity}");
                members.Add($"{entity}", record);
            }
        }

        return Enumerable.Range(0, 3).Select(entity => $"{entity}").All(id => members.Of(id).Order().SequenceEqual(
            expected.Where(pair => pair.Value == id).Select(pair => pair.Key).Order()));
    }
}
