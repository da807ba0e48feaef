using System.Globalization;
using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.People;

/// <summary>Turns a plan into people: family names, birth dates, addresses, telephones.</summary>
/// <remarks>One household at a time; the working state is thrown away with the object.</remarks>
internal sealed class HouseholdFactory
{
    private const int LeavesFamilyPhone = 14;

    // By group: the shares of wives who take the husband's name, of people without an SSN, of births known by year.
    private static readonly double[] TakesName = [0.72, 0.70, 0.40, 0.45, 0.68, 0.62];
    private static readonly double[] NoSsn = [0.02, 0.03, 0.14, 0.12, 0.03, 0.05];
    private static readonly double[] BornFirstOfJanuary = [0.002, 0.003, 0.012, 0.02, 0.004, 0.006];

    private readonly Xoshiro256 _random;
    private readonly Address _home;
    private readonly Address _previousHome;
    private readonly string _familySurname;
    private readonly string _familySecond;
    private string _motherSurname = "";
    private string _stepSurname = "";

    private HouseholdFactory(Xoshiro256 random, PeopleGroup group)
    {
        _random = random;
        City city = PlaceGiver.City(random);
        _home = PlaceGiver.Address(random, city);
        _previousHome = random.Chance(0.5) ? Moved(city) : _home;
        _familySurname = NameGiver.Surname(random, group);
        _familySecond = SecondSurname(group);
    }

    /// <summary>Appends the people of the plan to the list, in its order.</summary>
    internal static void Build(Xoshiro256 random, List<MemberPlan> plan, List<Person> people)
    {
        HouseholdFactory factory = new(random, plan[0].Group);
        people.Clear();
        for (int i = 0; i < plan.Count; i++)
        {
            people.Add(factory.Create(plan[i], plan[0], people));
        }
    }

    private Person Create(MemberPlan member, MemberPlan head, List<Person> earlier)
    {
        Person? first = earlier.Count > 0 ? earlier[0] : null;
        bool isChild = member.Role is MemberRole.Child or MemberRole.Twin or MemberRole.StepChild;
        bool isNamesake = IsNamesake(member, earlier);
        (string given, string everyday) = isNamesake ? (first!.Given, "") : NameGiver.Given(_random, member);
        DateOnly born = member.Role == MemberRole.Twin ? earlier[^1].Born : BirthDate(member);
        Address previous = _random.Chance(0.05) ? Moved(_home.City) : _previousHome;
        string phone = PlaceGiver.Phone(_random, _home.City);
        string oldPhone = _random.Chance(0.4) ? PlaceGiver.Phone(_random, _home.City) : phone;
        if (first is not null && (isNamesake || SharesPhone(member, isChild)))
        {
            (phone, oldPhone) = (first.Phone, first.PreviousPhone);
        }

        Person person = new()
        {
            Group = member.Group,
            Sex = member.Sex,
            Born = born,
            Given = given,
            Everyday = everyday,
            Middle = isNamesake ? first!.Middle : NameGiver.Middle(_random, member),
            Surname = "",
            Ssn4 = Ssn4(member.Group),
            Phone = phone,
            PreviousPhone = oldPhone,
            Home = _home,
            PreviousHome = previous,
        };
        NameFamily(person, member, head);
        NameGenerations(person, isNamesake, first);
        return person;
    }

    private bool IsNamesake(MemberPlan member, List<Person> earlier)
    {
        bool isFirstSon = member is { Role: MemberRole.Child, Sex: Sex.Male } && earlier.Count > 0
            && earlier[0].Sex == Sex.Male && !earlier.Exists(person => person.Suffix == "JR");
        return isFirstSon && _random.Chance(0.08);
    }

    private void NameGenerations(Person person, bool isNamesake, Person? father)
    {
        if (isNamesake)
        {
            person.Suffix = "JR";
            father!.Suffix = father.Suffix.Length == 0 && _random.Chance(0.4) ? "SR" : father.Suffix;
        }
        else if (person.Sex == Sex.Male && _random.Chance(0.004))
        {
            person.Suffix = _random.Chance(0.7) ? "JR" : "III";
        }
    }

    private void NameFamily(Person person, MemberPlan member, MemberPlan head)
    {
        switch (member.Role)
        {
            case MemberRole.Head:
                (person.Surname, person.SecondSurname) = (_familySurname, _familySecond);
                Divorce(person, 0.3);
                break;
            case MemberRole.Spouse:
                Marry(person);
                break;
            case MemberRole.Child or MemberRole.Twin:
                person.Surname = _familySurname;
                person.SecondSurname = head.Group == PeopleGroup.Hispanic ? _motherSurname : "";
                break;
            case MemberRole.StepChild:
                _stepSurname = _stepSurname.Length == 0 ? NameGiver.Surname(_random, member.Group) : _stepSurname;
                person.Surname = _stepSurname;
                break;
            case MemberRole.Grandparent when _random.Chance(0.6):
                person.Surname = _familySurname;
                break;
            default:
                person.Surname = NameGiver.Surname(_random, member.Group);
                person.SecondSurname = SecondSurname(member.Group);
                break;
        }
    }

    private void Divorce(Person person, double share)
    {
        if (person.Sex == Sex.Female && _random.Chance(share))
        {
            person.PreviousSurname = NameGiver.Surname(_random, person.Group);
        }
    }

    private void Marry(Person wife)
    {
        string maiden = NameGiver.Surname(_random, wife.Group);
        _motherSurname = _random.Chance(0.5) ? maiden : "";
        double choice = _random.Unit() - TakesName[(int)wife.Group];
        if (choice < 0)
        {
            (wife.Surname, wife.PreviousSurname) = (_familySurname, maiden);
        }
        else if (choice < 0.06)
        {
            (wife.Surname, wife.SecondSurname, wife.PreviousSurname) = (maiden, _familySurname, maiden);
            wife.Join = SurnameJoin.Hyphenated;
        }
        else
        {
            (wife.Surname, wife.SecondSurname) = (maiden, SecondSurname(wife.Group));
        }
    }

    private string SecondSurname(PeopleGroup group) =>
        group == PeopleGroup.Hispanic && _random.Chance(0.42) ? NameGiver.Surname(_random, group) : "";

    private bool SharesPhone(MemberPlan member, bool isChild)
    {
        bool isYoung = isChild && HouseholdPlanner.LastBirthYear - member.BirthYear < LeavesFamilyPhone;
        return isYoung || (member.Role == MemberRole.Spouse && _random.Chance(0.15));
    }

    private Address Moved(City from) =>
        PlaceGiver.Address(_random, _random.Chance(0.65) ? from : PlaceGiver.City(_random));

    private DateOnly BirthDate(MemberPlan member)
    {
        if (_random.Chance(BornFirstOfJanuary[(int)member.Group]))
        {
            return new DateOnly(member.BirthYear, 1, 1);
        }

        int days = DateTime.IsLeapYear(member.BirthYear) ? 366 : 365;
        return new DateOnly(member.BirthYear, 1, 1).AddDays(_random.Below(days));
    }

    private string Ssn4(PeopleGroup group) => _random.Chance(NoSsn[(int)group])
        ? ""
        : _random.Between(1, 9999).ToString("D4", CultureInfo.InvariantCulture);
}
