using System.Globalization;
using System.Text;
using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.Agencies;

/// <summary>Writes one agency's view of a person. One clerk per stream of records; not thread-safe.</summary>
internal sealed class AgencyClerk
{
    private static readonly string[] GroupNames = ["white", "black", "hispanic", "asian", "native", "other"];

    // By group: names the clerk does not know are misspelled more often.
    private static readonly double[] NameFactors = [1.0, 1.15, 1.5, 1.6, 1.5, 1.15];

    private readonly AgencyProfile _profile;
    private readonly Xoshiro256 _random;
    private readonly ErrorLog _log;

    internal AgencyClerk(AgencyProfile profile, Xoshiro256 random, double errorScale)
    {
        _profile = profile;
        _random = random;
        _log = new ErrorLog(random, errorScale);
    }

    /// <summary>Copies a person; the random stream is to be seeded for the copy beforehand.</summary>
    internal SyntheticRecord Write(Person person, string recordId, string personId, string householdId)
    {
        _log.Begin(NameFactors[(int)person.Group]);
        NameCopy names = new(_profile, _random, _log, person);
        string dob = DateCopy.Copy(_profile, _random, _log, person.Born);
        string sex = CopySex(person.Sex);
        (string line, string city, string state, string zip) = CopyAddress(person);
        string ssn4 = CopySsn4(person.Ssn4);
        string phone = CopyPhone(person);
        return new SyntheticRecord
        {
            RecId = recordId,
            FirstName = StyleName(names.First, person.Group),
            MiddleName = StyleName(names.Middle, person.Group),
            LastName = StyleName(names.Last, person.Group),
            Suffix = names.Suffix == "III" ? names.Suffix : Style(names.Suffix),
            Dob = dob,
            Sex = sex,
            Address = line,
            City = city,
            State = state,
            Zip = zip,
            Ssn4 = ssn4,
            Phone = phone,
            TruthPersonId = personId,
            TruthHouseholdId = householdId,
            TruthGroup = GroupNames[(int)person.Group],
            TruthErrors = _log.Summary(),
        };
    }

    private string CopySex(Sex sex)
    {
        if (_random.Chance(_profile.SexMissing))
        {
            return "";
        }

        bool isFemale = sex == Sex.Female;
        if (_log.Happens(_profile.SexWrong))
        {
            isFemale = !isFemale;
            _log.Add("sex");
        }

        return isFemale ? "F" : "M";
    }

    private (string Line, string City, string State, string Zip) CopyAddress(Person person)
    {
        if (_log.Happens(_profile.AddressMissing))
        {
            _log.Add("m_addr");
            return ("", "", "", "");
        }

        Address address = person.Home;
        if (person.PreviousHome != person.Home && _log.Happens(_profile.PreviousAddress))
        {
            address = person.PreviousHome;
            _log.Add("moved");
        }

        string line = Style(CopyStreetLine(address));
        string zip = address.Zip;
        if (_log.Slips(_profile.ZipTypo))
        {
            zip = Typist.MistypeDigit(_random, zip);
            _log.Add("typo_zip");
        }

        return (line, Style(address.City.Name), address.City.State, zip);
    }

    private string CopyStreetLine(Address address)
    {
        string number = address.Number.ToString(CultureInfo.InvariantCulture);
        string street = address.Street;
        if (_log.Slips(_profile.StreetTypo))
        {
            _log.Add("typo_addr");
            if (char.IsAsciiDigit(street[0]) || _random.Chance(0.4))
            {
                number = Typist.MistypeDigit(_random, number);
            }
            else
            {
                street = Typist.Misspell(_random, street.ToUpperInvariant());
            }
        }

        string type = _profile.WritesStreetTypeInFull ? address.Type.Full : address.Type.Short;
        string unit = address.Unit;
        if (unit.Length > 0 && _log.Happens(_profile.UnitMissing))
        {
            unit = "";
            _log.Add("no_unit");
        }

        return unit.Length > 0 ? $"{number} {street} {type} Apt {unit}" : $"{number} {street} {type}";
    }

    private string CopySsn4(string ssn4)
    {
        if (ssn4.Length == 0 || _random.Chance(_profile.Ssn4Missing))
        {
            return "";
        }

        if (_log.Slips(_profile.Ssn4Typo))
        {
            _log.Add("typo_ssn");
            return MistypeSsn4(ssn4);
        }

        return ssn4;
    }

    // 0000 is never issued, and forms refuse it.
    private string MistypeSsn4(string ssn4)
    {
        string wrong;
        do
        {
            wrong = Typist.MistypeDigit(_random, ssn4);
        }
        while (wrong == "0000");
        return wrong;
    }

    private string CopyPhone(Person person)
    {
        if (_random.Chance(_profile.PhoneMissing))
        {
            return "";
        }

        string phone = person.Phone;
        if (person.PreviousPhone != phone && _log.Happens(_profile.PreviousPhone))
        {
            phone = person.PreviousPhone;
            _log.Add("old_phone");
        }

        if (_log.Slips(_profile.PhoneTypo))
        {
            phone = Typist.MistypeDigit(_random, phone);
            _log.Add("typo_phone");
        }

        return phone;
    }

    private string StyleName(string name, PeopleGroup group)
    {
        bool hasAccents = _profile.WritesAccents && group == PeopleGroup.Hispanic && name.Length > 1;
        return Style(hasAccents ? string.Join(' ', name.Split(' ').Select(NameTables.Instance.Accented)) : name);
    }

    private string Style(string text) => _profile.Case switch
    {
        LetterCase.Upper => text.ToUpperInvariant(),
        LetterCase.Lower => text.ToLowerInvariant(),
        _ => TitleCase(text),
    };

    // A capital begins every word; after a digit none, so that ordinals stay as they are and units keep their letter.
    private static string TitleCase(string text)
    {
        StringBuilder title = new(text.Length);
        char before = ' ';
        foreach (char letter in text)
        {
            bool isInside = char.IsLetter(before);
            title.Append(isInside ? char.ToLowerInvariant(letter) : StartOf(letter, before));
            before = letter;
        }

        return title.ToString();
    }

    private static char StartOf(char letter, char before) =>
        char.IsAsciiDigit(before) ? letter : char.ToUpperInvariant(letter);
}
