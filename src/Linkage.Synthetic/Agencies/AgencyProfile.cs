namespace Linkage.Synthetic.Agencies;

/// <summary>An agency's habits: its style, what it often lacks, and how often it errs.</summary>
/// <remarks>Rates are probabilities for a record of average care. The defaults are a middling agency.</remarks>
internal sealed record AgencyProfile
{
    internal LetterCase Case { get; init; } = LetterCase.Title;

    internal MiddleNameStyle Middle { get; init; } = MiddleNameStyle.Full;

    internal bool WritesAccents { get; init; }

    internal bool WritesStreetTypeInFull { get; init; }

    // Fields the agency does not ask for, or is not told: habits, not errors.
    internal double MiddleMissing { get; init; } = 0.25;

    internal double SexMissing { get; init; } = 0.01;

    internal double Ssn4Missing { get; init; } = 0.2;

    internal double PhoneMissing { get; init; } = 0.15;

    // Fields that should be there.
    internal double FirstMissing { get; init; } = 0.002;

    internal double LastMissing { get; init; } = 0.001;

    internal double DobMissing { get; init; } = 0.01;

    internal double AddressMissing { get; init; } = 0.03;

    internal double SuffixMissing { get; init; } = 0.4;

    internal double UnitMissing { get; init; } = 0.2;

    // Old news: for those who have an older name, address or number.
    internal double PreviousSurname { get; init; } = 0.21;

    internal double PreviousAddress { get; init; } = 0.3;

    internal double PreviousPhone { get; init; } = 0.165;

    // Names other than the legal ones, in other order or other writing.
    internal double Nickname { get; init; } = 0.047;

    internal double EverydayName { get; init; } = 0.2;

    internal double MiddleAsFirst { get; init; } = 0.008;

    internal double InitialOnly { get; init; } = 0.004;

    internal double NamesSwapped { get; init; } = 0.005;

    internal double Spacing { get; init; } = 0.3;

    internal double SecondSurnameDropped { get; init; } = 0.4;

    internal double HyphenBroken { get; init; } = 0.25;

    internal double Romanization { get; init; } = 0.012;

    // Slips of the hand.
    internal double FirstTypo { get; init; } = 0.02;

    internal double LastTypo { get; init; } = 0.02;

    internal double StreetTypo { get; init; } = 0.04;

    internal double ZipTypo { get; init; } = 0.015;

    internal double Ssn4Typo { get; init; } = 0.012;

    internal double PhoneTypo { get; init; } = 0.012;

    internal double SexWrong { get; init; } = 0.003;

    internal double DayMonthSwapped { get; init; } = 0.006;

    internal double DateDigit { get; init; } = 0.015;

    internal double BirthYear { get; init; } = 0.004;

    internal double FirstOfJanuary { get; init; } = 0.003;
}
