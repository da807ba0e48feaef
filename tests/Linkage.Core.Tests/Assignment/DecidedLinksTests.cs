using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;

namespace Linkage.Core.Tests.Assignment;

public sealed class DecidedLinksTests
{
    private const int Records = 7;

    private static Arbitrary<DecidedLink[]> Links =>
        Gen.Choose(0, Records - 1).SelectMany(left => Gen.Choose(0, Records - 1).SelectMany(right =>
                Gen.Choose(0, 2).Select(roll => new DecidedLink(left, right, roll > 0))))
            .ArrayOf().Select(links => links.Take(8).ToArray()).ToArbitrary();

    [Fact]
    public void From_AnyLinks_SaysWhatFollowsOrNamesTheFirstContradiction() =>
        Prop.ForAll(Links, links =>
        {
            int[] persons = Persons(links);
            int wrong = Array.FindIndex(links, link => !link.IsMatch && persons[link.Left] == persons[link.Right]);
            if (wrong >= 0)
            {
                ArgumentException refusal =
                    Assert.Throws<ArgumentException>(() => DecidedLinks.From(Records, links));
                return refusal.Message.Contains($"Decision {wrong + 1} ", StringComparison.Ordinal);
            }

            var decided = DecidedLinks.From(Records, links);
            return Enumerable.Range(0, Records * Records).All(i =>
                decided.Of(i / Records, i % Records) == Expected(links, persons, i / Records, i % Records));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PartnersOf_AnyMatches_AreTheOtherRecordsOfThePerson() =>
        Prop.ForAll(Links, links =>
        {
            DecidedLink[] matches = [.. links.Where(link => link.IsMatch)];
            int[] persons = Persons(matches);
            var decided = DecidedLinks.From(Records, matches);
            return Enumerable.Range(0, Records).All(record => decided.PartnersOf(record).SequenceEqual(
                Enumerable.Range(0, Records).Where(other => other != record && persons[other] == persons[record])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_NoDecisions_IsOpen()
    {
        Assert.Equal(Verdict.Open, DecidedLinks.None.Of(3, 4));
        Assert.Empty(DecidedLinks.None.PartnersOf(3));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, Records)]
    public void From_UnknownRecord_NamesTheRow(int left, int right) =>
        Assert.Contains(
            "Decision 2 ",
            Assert.Throws<ArgumentException>(
                () => DecidedLinks.From(Records, [new(0, 1, true), new(left, right, false)])).Message,
            StringComparison.Ordinal);

    private static Verdict Expected(DecidedLink[] links, int[] persons, int left, int right)
    {
        (int a, int b) = (persons[left], persons[right]);
        bool areApart = links.Any(link => !link.IsMatch
            && ((persons[link.Left], persons[link.Right]) == (a, b)
                || (persons[link.Left], persons[link.Right]) == (b, a)));
        return a == b ? Verdict.Match : areApart ? Verdict.NonMatch : Verdict.Open;
    }

    /// <summary>Per record the smallest record it is one with, by passing it on until nothing changes.</summary>
    private static int[] Persons(DecidedLink[] links)
    {
        int[] persons = [.. Enumerable.Range(0, Records)];
        for (int round = 0; round < Records; round++)
        {
            foreach (DecidedLink link in links.Where(link => link.IsMatch))
            {
                persons[link.Left] = persons[link.Right] = Math.Min(persons[link.Left], persons[link.Right]);
            }
        }

        return persons;
    }
}
