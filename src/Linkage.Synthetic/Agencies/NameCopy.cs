using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.Agencies;

/// <summary>A person's names on their way into an agency's record. Upper case until styled.</summary>
internal ref struct NameCopy
{
    private readonly AgencyProfile _profile;
    private readonly Xoshiro256 _random;
    private readonly ErrorLog _log;
    private readonly PeopleGroup _group;

    internal NameCopy(AgencyProfile profile, Xoshiro256 random, ErrorLog log, Person person)
    {
        _profile = profile;
        _random = random;
        _log = log;
        _group = person.Group;
        First = person.Given;
        Middle = person.Middle;
        Last = person.Surname;
        Suffix = person.Suffix;
        ChooseSurname(person);
        ChooseGiven(person);
        Respace();
        Misspell();
        LeaveOut();
    }

    internal string First { get; private set; }

    internal string Middle { get; private set; }

    internal string Last { get; private set; }

    internal string Suffix { get; private set; }

    private void ChooseSurname(Person person)
    {
        if (person.PreviousSurname.Length > 0 && _log.Happens(_profile.PreviousSurname))
        {
            bool isChange = person.PreviousSurname != person.Surname || person.SecondSurname.Length > 0;
            Last = person.PreviousSurname;
            if (isChange)
            {
                _log.Add("prevname");
            }
        }
        else if (person.SecondSurname.Length > 0)
        {
            JoinSurnames(person.Surname, person.SecondSurname, person.Join);
        }
    }

    private void JoinSurnames(string surname, string second, SurnameJoin join)
    {
        if (join == SurnameJoin.Hyphenated)
        {
            Last = $"{surname}-{second}";
            if (_log.Happens(_profile.HyphenBroken))
            {
                Last = _random.Chance(0.6) ? second : $"{surname} {second}";
                _log.Add("hyphen");
            }
        }
        else if (_log.Happens(_profile.SecondSurnameDropped))
        {
            Last = surname;
            _log.Add("drop2");
        }
        else if (_log.Happens(0.03))
        {
            // Read as English: the father's name for a middle name, the mother's for the surname.
            (Middle, Last) = (surname, second);
            _log.Add("maternal");
        }
        else
        {
            Last = $"{surname} {second}";
            if (_log.Happens(0.12))
            {
                Last = $"{surname}-{second}";
                _log.Add("hyphen");
            }
        }
    }

    private void ChooseGiven(Person person)
    {
        if (person.Everyday.Length > 0 && _log.Happens(_profile.EverydayName))
        {
            (First, Middle) = (person.Everyday, First);
            _log.Add("alias");
        }

        if (_log.Happens(_profile.Nickname) && !Nicknames().IsEmpty)
        {
            // The first forms listed are the commonest.
            ReadOnlySpan<string> forms = Nicknames();
            First = forms[Math.Min(_random.Below(forms.Length), _random.Below(forms.Length))];
            _log.Add("nick");
        }
        else if (Middle.Length > 0 && _log.NameSlips(_profile.MiddleAsFirst))
        {
            (First, Middle) = (Middle, _random.Chance(0.4) ? First : "");
            _log.Add("midfirst");
        }
        else if (First.Length > 1 && _log.Slips(_profile.InitialOnly))
        {
            First = First[..1];
            _log.Add("initial");
        }
    }

    private readonly ReadOnlySpan<string> Nicknames() => NameTables.Instance.Nicknames(First.Split(' ')[0]);

    private void Respace()
    {
        string first = First;
        if (first.AsSpan().ContainsAny(" -'") && _log.Happens(_profile.Spacing))
        {
            First = _random.Below(3) switch
            {
                0 => Closed(first),
                1 => first.Split(' ', '-')[0].Replace("'", "", StringComparison.Ordinal),
                _ => first.Replace(' ', '-').Replace("'", " ", StringComparison.Ordinal),
            };
            Record(first != First, "spacing");
        }

        string last = Last;
        if (last.AsSpan().ContainsAny(" '") && _log.Happens(_profile.Spacing * 0.5))
        {
            Last = _random.Chance(0.4) ? Closed(last) : last.Replace('\'', ' ').Replace(' ', '-');
            Record(last != Last, "spacing");
        }
        else if (PrefixLength(last) is > 0 and int prefix && _log.Happens(_profile.Spacing * 0.2))
        {
            Last = last.Insert(prefix, " ");
            _log.Add("spacing");
        }
    }

    // Prefixes that are written apart as well as together; what follows must be long enough to be a name.
    private static int PrefixLength(string last)
    {
        if (last.Length >= 5 && last.StartsWith("MC", StringComparison.Ordinal))
        {
            return 2;
        }

        return last.Length >= 7 && last.StartsWith("VAN", StringComparison.Ordinal) ? 3 : 0;
    }

    private static string Closed(string name) => string.Concat(name.Split(' ', '-', '\''));

    private void Misspell()
    {
        ReadOnlySpan<string> romanizations = NameTables.Instance.Romanizations(Last);
        if (_group == PeopleGroup.Asian && !romanizations.IsEmpty && _log.NameSlips(_profile.Romanization))
        {
            Last = _random.Pick(romanizations);
            _log.Add("roman");
        }

        if (_log.NameSlips(_profile.FirstTypo))
        {
            First = Typist.Misspell(_random, First);
            _log.Add("typo_first");
        }

        if (_log.NameSlips(_profile.LastTypo))
        {
            Last = Typist.Misspell(_random, Last);
            _log.Add("typo_last");
        }

        // Where the family name comes first at home, clerks lose their way.
        double swapped = _profile.NamesSwapped * (_group == PeopleGroup.Asian ? 4 : 1);
        if (First != Last && _log.NameSlips(swapped))
        {
            (First, Last) = (Last, First);
            _log.Add("swap");
        }
    }

    private void LeaveOut()
    {
        if (_log.Slips(_profile.FirstMissing))
        {
            First = "";
            _log.Add("m_first");
        }
        else if (_log.Slips(_profile.LastMissing))
        {
            Last = "";
            _log.Add("m_last");
        }

        if (Suffix.Length > 0 && _log.Happens(_profile.SuffixMissing))
        {
            Suffix = "";
            _log.Add("m_suffix");
        }

        bool isMissing = _random.Chance(_profile.MiddleMissing);
        if (isMissing || _profile.Middle == MiddleNameStyle.None)
        {
            Middle = "";
        }
        else if (_profile.Middle == MiddleNameStyle.Initial && Middle.Length > 0)
        {
            Middle = Middle[..1];
        }
    }

    private readonly void Record(bool isChange, string kind)
    {
        if (isChange)
        {
            _log.Add(kind);
        }
    }
}
