namespace Linkage.Cli.Proposal;

/// <summary>Holds the header's word against the cells.</summary>
internal static class ValueCheck
{
    /// <summary>A column with fewer filled cells tells too few records apart.</summary>
    public const double LeastFilled = 0.2;

    private const double Most = 0.7;
    private const double NearlyAll = 0.9;

    /// <summary>Corrects a meaning by the cells.</summary>
    /// <param name="meaning">What the header says.</param>
    /// <param name="profile">What the cells look like.</param>
    /// <returns>The meaning that both bear out, and why the column is left out, or null when it is not.</returns>
    public static (ColumnMeaning Meaning, string? LeftOut) Confirm(ColumnMeaning meaning, ColumnProfile profile)
    {
        if (ReasonByHeader(meaning) is { } reason)
        {
            return (meaning, reason);
        }

        if (profile.Filled < LeastFilled)
        {
            return (meaning, "it is nearly empty");
        }

        if (profile.Distinct <= 1)
        {
            return (meaning, "all its values are the same");
        }

        if (meaning == ColumnMeaning.LastFour && profile.FourDigits < Most && profile.Phones >= Most)
        {
            return (ColumnMeaning.Identifier, null);
        }

        if (meaning == ColumnMeaning.Identifier && profile.FourDigits >= NearlyAll)
        {
            return (ColumnMeaning.LastFour, null);
        }

        if (meaning == ColumnMeaning.BirthDate && profile.Years >= Most)
        {
            return (ColumnMeaning.BirthYear, null);
        }

        if (Fits(meaning, profile))
        {
            return (meaning, null);
        }

        ColumnMeaning byValues = GuessByValues(profile);
        return byValues != ColumnMeaning.Unknown
            ? (byValues, null)
            : (ColumnMeaning.Unknown, meaning == ColumnMeaning.Unknown
                ? "its header is not one this tool knows"
                : $"its values do not look like {Describe(meaning)}");
    }

    /// <summary>A meaning in words.</summary>
    public static string Describe(ColumnMeaning meaning) => meaning switch
    {
        ColumnMeaning.GivenName => "given names",
        ColumnMeaning.FamilyName => "family names",
        ColumnMeaning.FullName => "whole names",
        ColumnMeaning.BirthDate => "dates of birth",
        ColumnMeaning.BirthYear => "years of birth",
        ColumnMeaning.BirthPlace => "places of birth",
        ColumnMeaning.Sex => "a sex that starts with M, F or X",
        ColumnMeaning.Address => "street addresses",
        ColumnMeaning.Postcode => "postcodes",
        ColumnMeaning.Place => "places",
        ColumnMeaning.State => "states or provinces",
        ColumnMeaning.Phone => "telephone numbers",
        ColumnMeaning.Email => "e-mail addresses",
        ColumnMeaning.LastFour => "last four digits",
        ColumnMeaning.Identifier => "identifiers",
        _ => "anything known",
    };

    private static string? ReasonByHeader(ColumnMeaning meaning) => meaning switch
    {
        ColumnMeaning.Truth => "columns with the answers are never encoded",
        ColumnMeaning.MiddleName => "agencies write middle names differently, or not at all",
        ColumnMeaning.NameAffix => "agencies write titles and suffixes differently, or not at all",
        ColumnMeaning.BirthPart => "it is a part of a date; a columns file can join year, month and day to one field",
        ColumnMeaning.HouseNumber => "it is a part of an address, too little by itself",
        ColumnMeaning.AddressDetail => "it is a detail of an address, often missing",
        ColumnMeaning.Country => "too few values to tell people apart",
        ColumnMeaning.RecordId => "it is the agency's own number",
        ColumnMeaning.OtherDate => "it is not a date of birth",
        ColumnMeaning.OtherPerson => "it is about another person or a former name",
        ColumnMeaning.Unstable => "it changes in a life, or agencies describe it differently",
        _ => null,
    };

    private static bool Fits(ColumnMeaning meaning, ColumnProfile profile) => meaning switch
    {
        ColumnMeaning.GivenName or ColumnMeaning.FamilyName or ColumnMeaning.FullName or ColumnMeaning.BirthPlace
            or ColumnMeaning.Place => profile.Words >= Most && profile.Emails < 1 - Most,
        ColumnMeaning.State => profile.Words >= Most && profile.Distinct <= 200,
        ColumnMeaning.BirthDate => profile.Dates >= Most,
        ColumnMeaning.BirthYear => profile.Years >= Most,
        ColumnMeaning.Sex => profile.Sexes >= Most,
        ColumnMeaning.Address => profile.Letters >= Most && profile.Emails < 1 - Most,
        ColumnMeaning.Postcode => profile.Codes >= Most && profile.Dates < Most && profile.Decimals < 1 - Most,
        ColumnMeaning.Phone => profile.Phones >= Most && profile.Dates < Most && profile.Decimals < 1 - Most,
        ColumnMeaning.Email => profile.Emails >= Most,
        ColumnMeaning.LastFour => profile.FourDigits >= Most,
        ColumnMeaning.Identifier => profile.Words < 1 - Most && profile.Dates < Most && profile.Variety >= 0.5,
        _ => false,
    };

    // Only shapes that can hardly be anything else; a date may still be one of another event.
    private static ColumnMeaning GuessByValues(ColumnProfile profile) =>
        profile.Emails >= NearlyAll ? ColumnMeaning.Email
        : profile.Dates >= NearlyAll ? ColumnMeaning.BirthDate
        : ColumnMeaning.Unknown;
}
