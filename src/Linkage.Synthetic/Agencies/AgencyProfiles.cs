namespace Linkage.Synthetic.Agencies;

/// <summary>Eight agencies that differ on purpose; later ones repeat the round.</summary>
internal static class AgencyProfiles
{
    private static readonly AgencyProfile[] All =
    [
        // Health: careful, knows the telephone, hears nicknames, seldom sees a social security number.
        new()
        {
            Middle = MiddleNameStyle.Initial,
            Nickname = 0.087,
            Ssn4Missing = 0.345,
            PhoneMissing = 0.05,
            PreviousAddress = 0.15,
        },

        // Benefits: capitals, sure of the number, slow to hear of moves and marriages.
        new()
        {
            Case = LetterCase.Upper,
            Middle = MiddleNameStyle.Initial,
            Ssn4Missing = 0.02,
            PhoneMissing = 0.3,
            PreviousAddress = 0.35,
            PreviousSurname = 0.3,
            DateDigit = 0.01,
        },

        // Education: birth certificates, accents, hardly a number.
        new()
        {
            Case = LetterCase.Upper,
            WritesAccents = true,
            MiddleMissing = 0.1,
            Nickname = 0.03,
            Ssn4Missing = 0.75,
            PreviousAddress = 0.2,
            PreviousSurname = 0.1,
        },

        // Corrections: names as given at the door, addresses seldom.
        new()
        {
            Case = LetterCase.Upper,
            Nickname = 0.1,
            EverydayName = 0.4,
            FirstTypo = 0.035,
            LastTypo = 0.035,
            DateDigit = 0.025,
            BirthYear = 0.015,
            AddressMissing = 0.25,
            Ssn4Missing = 0.12,
            PhoneMissing = 0.6,
        },

        // Labor: small letters, payroll data, neither sex nor middle name.
        new()
        {
            Case = LetterCase.Lower,
            WritesStreetTypeInFull = true,
            MiddleMissing = 0.6,
            SexMissing = 0.6,
            Ssn4Missing = 0.01,
            Ssn4Typo = 0.02,
            PhoneMissing = 0.5,
            PreviousAddress = 0.5,
            PreviousSurname = 0.27,
        },

        // Housing: the address is its business.
        new()
        {
            Middle = MiddleNameStyle.None,
            Ssn4Missing = 0.15,
            PhoneMissing = 0.1,
            PreviousAddress = 0.05,
            StreetTypo = 0.03,
            UnitMissing = 0.05,
        },

        // Voters: registered once, years ago; many births known by year only.
        new()
        {
            Case = LetterCase.Upper,
            MiddleMissing = 0.12,
            Ssn4Missing = 0.6,
            PhoneMissing = 0.65,
            PreviousAddress = 0.45,
            FirstOfJanuary = 0.01,
        },

        // Shelter: much by ear, little on paper.
        new()
        {
            Nickname = 0.15,
            FirstTypo = 0.05,
            LastTypo = 0.05,
            DobMissing = 0.04,
            FirstOfJanuary = 0.03,
            AddressMissing = 0.6,
            Ssn4Missing = 0.3,
            PhoneMissing = 0.5,
            PreviousAddress = 0.6,
        },
    ];

    internal static AgencyProfile Of(int agency) => All[agency % All.Length];
}
