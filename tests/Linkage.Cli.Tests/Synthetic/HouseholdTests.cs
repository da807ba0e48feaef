using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class HouseholdTests
{
    private const int Households = 6_000;

    private static readonly List<(List<MemberPlan> Plan, List<Person> People)> All = Build();

    [Fact]
    public void Build_EveryHousehold_LivesAtOneAddress() =>
        Assert.All(All, household => Assert.Single(household.People.Select(person => person.Home).Distinct()));

    [Fact]
    public void Build_Twins_ShareBirthDateAndSurname()
    {
        List<(Person First, Person Second)> twins = Pairs(MemberRole.Twin, -1);

        Assert.InRange(twins.Count, 50, 400);
        Assert.All(twins, pair => Assert.Equal(pair.First.Born, pair.Second.Born));
        Assert.All(twins, pair => Assert.Equal(pair.First.Surname, pair.Second.Surname));
    }

    [Fact]
    public void Build_JuniorAtHome_SharesNameAndPhoneWithHisFather()
    {
        List<(Person Father, Person Son)> namesakes = [.. All
            .SelectMany(household => household.People.Skip(1).Select(son => (household.People[0], son)))
            .Where(pair => pair.son.Suffix == "JR" && pair.son.Given == pair.Item1.Given)];

        Assert.InRange(namesakes.Count, 30, 400);
        Assert.All(namesakes, pair => Assert.Equal(pair.Father.Surname, pair.Son.Surname));
        Assert.All(namesakes, pair => Assert.Equal(pair.Father.Phone, pair.Son.Phone));
        Assert.All(namesakes, pair => Assert.True(pair.Father.Born < pair.Son.Born));
        Assert.Contains(namesakes, pair => pair.Father.Suffix == "SR");
    }

    [Fact]
    public void Build_Children_BearTheFamilyNameAndStepChildrenAnother()
    {
        Assert.All(Pairs(MemberRole.Child, null), pair => Assert.Equal(pair.First.Surname, pair.Second.Surname));
        List<(Person First, Person Second)> step = Pairs(MemberRole.StepChild, null);
        int others = step.Count(pair => pair.First.Surname != pair.Second.Surname);
        Assert.InRange(others, step.Count * 9 / 10, step.Count);
    }

    [Fact]
    public void Build_Wives_MostlyTookTheHusbandsName()
    {
        List<(Person First, Person Second)> couples = Pairs(MemberRole.Spouse, null);

        int taken = couples.Count(pair => pair.First.Surname == pair.Second.Surname);

        Assert.InRange(taken / (double)couples.Count, 0.55, 0.75);
    }

    [Fact]
    public void Plan_EveryHousehold_IsSmallAndBornInTime()
    {
        Assert.All(All, household => Assert.InRange(household.Plan.Count, 1, 13));
        Assert.All(
            All.SelectMany(household => household.Plan),
            member => Assert.InRange(member.BirthYear, 1900, HouseholdPlanner.LastBirthYear));
    }

    [Fact]
    public void Plan_Groups_HaveTheirShares()
    {
        ILookup<PeopleGroup, MemberPlan> members = All.SelectMany(household => household.Plan)
            .ToLookup(member => member.Group);
        double total = members.Sum(group => group.Count());

        Assert.InRange(members[PeopleGroup.White].Count() / total, 0.55, 0.61);
        Assert.InRange(members[PeopleGroup.Black].Count() / total, 0.11, 0.15);
        Assert.InRange(members[PeopleGroup.Hispanic].Count() / total, 0.17, 0.21);
        Assert.InRange(members[PeopleGroup.Asian].Count() / total, 0.045, 0.075);
        Assert.InRange(members[PeopleGroup.Native].Count() / total, 0.009, 0.022);
        Assert.InRange(members[PeopleGroup.Other].Count() / total, 0.017, 0.034);
    }

    [Fact]
    public void Build_Ssn4_IsEvenlySpreadAndNeverZero()
    {
        List<string> known = [.. All.SelectMany(household => household.People)
            .Select(person => person.Ssn4).Where(ssn4 => ssn4.Length > 0)];

        Assert.DoesNotContain("0000", known);
        Assert.All(known, ssn4 => Assert.Matches("^[0-9]{4}$", ssn4));
        double tenth = known.Count / 10.0;
        Assert.All(known.CountBy(ssn4 => ssn4[0]), digit => Assert.InRange(digit.Value, tenth * 0.85, tenth * 1.15));
    }

    // A member of the role, with the one before it (offset -1) or with the head of the household.
    private static List<(Person First, Person Second)> Pairs(MemberRole role, int? offset) =>
        [.. All.SelectMany(household => Enumerable.Range(0, household.Plan.Count)
            .Where(i => household.Plan[i].Role == role)
            .Select(i => (household.People[offset is int step ? i + step : 0], household.People[i])))];

    private static List<(List<MemberPlan> Plan, List<Person> People)> Build()
    {
        List<(List<MemberPlan>, List<Person>)> households = [];
        Xoshiro256 random = new(19);
        for (int i = 0; i < Households; i++)
        {
            List<MemberPlan> plan = [];
            List<Person> people = [];
            HouseholdPlanner.Plan(random, plan);
            HouseholdFactory.Build(random, plan, people);
            households.Add((plan, people));
        }

        return households;
    }
}
