namespace Linkage.Cli.Proposal;

/// <summary>What a column is about, by its header and then by its values.</summary>
internal enum ColumnMeaning
{
    /// <summary>Nothing in the tables.</summary>
    Unknown = 0,

    /// <summary>True answers, never encoded.</summary>
    Truth,

    /// <summary>Given name.</summary>
    GivenName,

    /// <summary>Family name.</summary>
    FamilyName,

    /// <summary>A whole name in one column.</summary>
    FullName,

    /// <summary>Middle name or initial.</summary>
    MiddleName,

    /// <summary>Title or suffix of a name.</summary>
    NameAffix,

    /// <summary>Date of birth.</summary>
    BirthDate,

    /// <summary>Year of birth alone.</summary>
    BirthYear,

    /// <summary>Month or day of birth alone.</summary>
    BirthPart,

    /// <summary>Place, region or country of birth.</summary>
    BirthPlace,

    /// <summary>Sex or gender.</summary>
    Sex,

    /// <summary>Street address.</summary>
    Address,

    /// <summary>House number in a column of its own.</summary>
    HouseNumber,

    /// <summary>Second line of an address.</summary>
    AddressDetail,

    /// <summary>Postcode.</summary>
    Postcode,

    /// <summary>City, suburb or town.</summary>
    Place,

    /// <summary>State or province.</summary>
    State,

    /// <summary>Country or nationality.</summary>
    Country,

    /// <summary>Telephone number.</summary>
    Phone,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Last four digits of an identifier.</summary>
    LastFour,

    /// <summary>An identifier that several agencies hold.</summary>
    Identifier,

    /// <summary>The agency's own number of the record or the person.</summary>
    RecordId,

    /// <summary>Another date than that of birth.</summary>
    OtherDate,

    /// <summary>Something of another person, or a former name.</summary>
    OtherPerson,

    /// <summary>What changes over a life or is described differently everywhere.</summary>
    Unstable,
}
