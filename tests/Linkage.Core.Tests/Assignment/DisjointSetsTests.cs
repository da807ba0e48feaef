using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;

namespace Linkage.Core.Tests.Assignment;

public sealed class DisjointSetsTests
{
    private const int Items = 12;

    [Fact]
    public void Union_AnyOrder_AgreesWithColoring() =>
        Prop.ForAll(
            Gen.Choose(0, Items - 1).SelectMany(a => Gen.Choose(0, Items - 1).Select(b => (a, b))).ArrayOf()
                .ToArbitrary(),
            pairs =>
            {
                DisjointSets sets = new(Items);
                int[] colors = [.. Enumerable.Range(0, Items)];
                foreach ((int a, int b) in pairs)
                {
                    if (sets.Find(a) != sets.Find(b))
                    {
                        _ = sets.Union(sets.Find(a), sets.Find(b));
                    }

                    (int low, int high) = (Math.Min(colors[a], colors[b]), Math.Max(colors[a], colors[b]));
                    colors = [.. colors.Select(color => color == high ? low : color)];
                }

                // The least color of a set is its least member, so even the leaders agree.
                return Enumerable.Range(0, Items).All(item => sets.Find(item) == colors[item]);
            }).QuickCheckThrowOnFailure();
}
