using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.People;

/// <summary>Draws names by group, sex and year, with the structures of each group. Stateless.</summary>
internal static class NameGiver
{
    private const int LongestSyllable = 4;

    private static readonly string[] SpanishParticles =
        ["DE LA CRUZ", "DE LEON", "DE LA ROSA", "DE LA GARZA", "DEL TORO", "DE LA TORRE", "DEL RIO", "DE LOS SANTOS"];

    private static readonly string[] NativeFirstWords =
        ["RED", "WHITE", "BLACK", "YELLOW", "SPOTTED", "RUNNING", "STANDING", "LITTLE", "IRON", "TWO"];

    private static readonly string[] NativeSecondWords =
        ["BEAR", "HORSE", "EAGLE", "BULL", "HAWK", "CLOUD", "ELK", "WOLF", "BUFFALO", "CROW"];

    private static readonly string[] SpanishSecondFemale =
        ["GUADALUPE", "ELENA", "DEL CARMEN", "TERESA", "ISABEL", "DE LOS ANGELES", "LUISA", "DEL ROSARIO"];

    private static readonly string[] SpanishSecondMale =
        ["LUIS", "ANTONIO", "MANUEL", "ANGEL", "CARLOS", "DE JESUS", "ALBERTO", "RAMON"];

    private static readonly string[] BlackPrefixes = ["DE", "DA", "LA", "TA", "SHA", "KE", "JA", "QUA", "TRE"];
    private static readonly string[] BlackFemaleEnds = ["NISHA", "TOYA", "QUITA", "TASHA", "NIQUA", "SHAY", "RICA"];
    private static readonly string[] BlackMaleEnds = ["ANDRE", "SHAWN", "QUAN", "VON", "MARCUS", "VONTE", "RELL"];

    private static readonly string[] IrishRoots =
        ["BRIEN", "CONNOR", "NEILL", "NEAL", "DONNELL", "REILLY", "KEEFE", "HARA", "MALLEY", "LEARY", "DELL", "ROURKE"];

    private static readonly HashSet<string> IrishSurnames =
        [.. IrishRoots.Select(root => "O" + root)];

    internal static string Surname(Xoshiro256 random, PeopleGroup group)
    {
        if (group == PeopleGroup.Hispanic && random.Chance(0.03))
        {
            return random.Pick<string>(SpanishParticles);
        }

        if (group == PeopleGroup.Native && random.Chance(0.12))
        {
            return $"{random.Pick<string>(NativeFirstWords)} {random.Pick<string>(NativeSecondWords)}";
        }

        // The census writes no apostrophes; half of those who have one are given it back.
        string surname = NameTables.Instance.Surnames(group).Draw(random);
        return IrishSurnames.Contains(surname) && random.Chance(0.5) ? "O'" + surname[1..] : surname;
    }

    /// <summary>The legal given name and, where there is one, the name used every day.</summary>
    internal static (string Legal, string Everyday) Given(Xoshiro256 random, MemberPlan member)
    {
        if (member.Group == PeopleGroup.Asian && random.Chance(0.38))
        {
            string everyday = random.Chance(0.45) ? NationalGiven(random, member) : "";
            return (AsianGiven(random, member.Sex), everyday);
        }

        if (member.Group == PeopleGroup.Hispanic && random.Chance(0.12))
        {
            string[] seconds = member.Sex == Sex.Female ? SpanishSecondFemale : SpanishSecondMale;
            return ($"{TypicalGiven(random, member)} {random.Pick<string>(seconds)}", "");
        }

        if (member.Group == PeopleGroup.Black && member.BirthYear >= 1968 && random.Chance(0.1))
        {
            string[] ends = member.Sex == Sex.Female ? BlackFemaleEnds : BlackMaleEnds;
            string join = random.Chance(0.3) ? "'" : "";
            return (random.Pick<string>(BlackPrefixes) + join + random.Pick<string>(ends), "");
        }

        return (random.Chance(0.07) ? TypicalGiven(random, member) : NationalGiven(random, member), "");
    }

    /// <summary>A middle name, in the fashion of a generation before; empty for those who have none.</summary>
    internal static string Middle(Xoshiro256 random, MemberPlan member)
    {
        double none = member.Group is PeopleGroup.Hispanic or PeopleGroup.Asian ? 0.35 : 0.1;
        return random.Chance(none) ? "" : NationalGiven(random, member with { BirthYear = member.BirthYear - 25 });
    }

    private static string NationalGiven(Xoshiro256 random, MemberPlan member) =>
        NameTables.Instance.Given(member.Group, member.Sex, member.BirthYear).Draw(random);

    private static string TypicalGiven(Xoshiro256 random, MemberPlan member)
    {
        ReadOnlySpan<string> typical = NameTables.Instance.TypicalGiven(member.Group, member.Sex);
        return typical.IsEmpty ? NationalGiven(random, member) : random.Pick(typical);
    }

    private static string AsianGiven(Xoshiro256 random, Sex sex)
    {
        ReadOnlySpan<string> names = NameTables.Instance.TypicalGiven(PeopleGroup.Asian, sex);
        string first = random.Pick(names);
        string second = random.Pick(names);
        if (first.Length > LongestSyllable || second.Length > LongestSyllable)
        {
            return first;
        }

        // One name of two syllables is written in three ways.
        return random.Below(6) switch
        {
            0 => first + second,
            1 => $"{first} {second}",
            2 => $"{first}-{second}",
            _ => first,
        };
    }
}
