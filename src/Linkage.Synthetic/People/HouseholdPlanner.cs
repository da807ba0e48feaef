using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.People;

/// <summary>Decides who lives in a household: roles, sexes, groups and birth years.</summary>
/// <remarks>Shares follow the order of the American Community Survey's household types, rounded. Stateless.</remarks>
internal static class HouseholdPlanner
{
    /// <summary>The last year in which anybody is born: people are as they were at its end.</summary>
    internal const int LastBirthYear = 2024;

    private const double TwinBirths = 0.032;

    private static readonly WeightedTable<HouseholdKind> Kinds = new(
    [
        (HouseholdKind.Single, 28),
        (HouseholdKind.Housemates, 7),
        (HouseholdKind.Couple, 26),
        (HouseholdKind.Family, 23),
        (HouseholdKind.SingleParent, 10),
        (HouseholdKind.Blended, 6),
    ]);

    // In thousandths; near the census of 2020.
    private static readonly WeightedTable<PeopleGroup> Groups = new(
    [
        (PeopleGroup.White, 580),
        (PeopleGroup.Black, 130),
        (PeopleGroup.Hispanic, 190),
        (PeopleGroup.Asian, 60),
        (PeopleGroup.Native, 15),
        (PeopleGroup.Other, 25),
    ]);

    private static readonly WeightedTable<int> ChildCounts = new([(1, 42), (2, 36), (3, 15), (4, 5), (5, 2)]);

    /// <summary>Replaces the list's content by the members of the stream's household.</summary>
    internal static void Plan(Xoshiro256 random, List<MemberPlan> members)
    {
        members.Clear();
        PeopleGroup group = Groups.Draw(random);
        switch (Kinds.Draw(random))
        {
            case HouseholdKind.Single:
                Add(members, MemberRole.Head, AnySex(random), group, LastBirthYear - AdultAge(random));
                break;
            case HouseholdKind.Housemates:
                PlanHousemates(random, members, group);
                break;
            case HouseholdKind.Couple:
                PlanCouple(random, members, group, LastBirthYear - 4 - AdultAge(random));
                break;
            case HouseholdKind.Family:
                PlanCouple(random, members, group, ParentBirthYear(random));
                PlanChildren(random, members, MemberRole.Child, ChildCounts.Draw(random));
                PlanGrandparent(random, members);
                break;
            case HouseholdKind.SingleParent:
                Sex sex = random.Chance(0.8) ? Sex.Female : Sex.Male;
                Add(members, MemberRole.Head, sex, group, ParentBirthYear(random));
                PlanChildren(random, members, MemberRole.Child, ChildCounts.Draw(random));
                PlanGrandparent(random, members);
                break;
            case HouseholdKind.Blended:
                PlanCouple(random, members, group, ParentBirthYear(random));
                PlanChildren(random, members, MemberRole.Child, random.Between(0, 2));
                PlanChildren(random, members, MemberRole.StepChild, random.Between(1, 2));
                break;
        }
    }

    private static void PlanHousemates(Xoshiro256 random, List<MemberPlan> members, PeopleGroup group)
    {
        int count = random.Between(2, 4);
        for (int i = 0; i < count; i++)
        {
            PeopleGroup own = random.Chance(0.6) ? group : Groups.Draw(random);
            Add(members, MemberRole.Housemate, AnySex(random), own, LastBirthYear - random.Between(19, 48));
        }
    }

    private static void PlanCouple(Xoshiro256 random, List<MemberPlan> members, PeopleGroup group, int birthYear)
    {
        Add(members, MemberRole.Head, Sex.Male, group, birthYear);
        PeopleGroup spouse = random.Chance(0.88) ? group : Groups.Draw(random);
        int difference = random.Between(-2, 4) + random.Between(-3, 5);
        Add(members, MemberRole.Spouse, Sex.Female, spouse, Math.Min(birthYear + difference, LastBirthYear - 19));
    }

    private static void PlanChildren(Xoshiro256 random, List<MemberPlan> members, MemberRole role, int count)
    {
        MemberPlan mother = members.FindLast(member => member.Role is MemberRole.Head or MemberRole.Spouse);
        int year = mother.BirthYear + random.Between(19, 33);
        for (int i = 0; i < count && year <= LastBirthYear; i++)
        {
            Sex sex = AnySex(random);
            Add(members, role, sex, members[0].Group, year);
            if (role == MemberRole.Child && random.Chance(TwinBirths))
            {
                Sex other = sex == Sex.Male ? Sex.Female : Sex.Male;
                Add(members, MemberRole.Twin, random.Chance(0.65) ? sex : other, members[0].Group, year);
            }

            year += random.Between(1, 5);
        }
    }

    private static void PlanGrandparent(Xoshiro256 random, List<MemberPlan> members)
    {
        if (random.Chance(0.09))
        {
            Sex sex = random.Chance(0.65) ? Sex.Female : Sex.Male;
            int year = members[0].BirthYear - random.Between(22, 35);
            Add(members, MemberRole.Grandparent, sex, members[0].Group, year);
        }
    }

    private static void Add(List<MemberPlan> members, MemberRole role, Sex sex, PeopleGroup group, int birthYear) =>
        members.Add(new MemberPlan(role, sex, group, birthYear));

    private static Sex AnySex(Xoshiro256 random) => random.Chance(0.51) ? Sex.Female : Sex.Male;

    private static int ParentBirthYear(Xoshiro256 random) => LastBirthYear - random.Between(24, 52);

    // Uniform for half, the smaller of two uniform draws for the others: fewer with every year of age.
    private static int AdultAge(Xoshiro256 random)
    {
        int years = random.Between(0, 70);
        return 20 + (random.Chance(0.5) ? years : Math.Min(years, random.Between(0, 70)));
    }
}
