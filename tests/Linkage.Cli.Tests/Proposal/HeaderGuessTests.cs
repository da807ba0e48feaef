using Linkage.Cli.Proposal;

namespace Linkage.Cli.Tests.Proposal;

public sealed class HeaderGuessTests
{
    [Theory]
    [InlineData(nameof(ColumnMeaning.GivenName), "given_name|firstName|FIRST|fname|Vorname|Prénom|nombre|imię|förnamn")]
    [InlineData(nameof(ColumnMeaning.FamilyName), "Surname|last name|last|lname|Nachname|nom|apellido1|nazwisko")]
    [InlineData(nameof(ColumnMeaning.FullName), "name|full_name|first_and_surname|Client Name|nom complet")]
    [InlineData(nameof(ColumnMeaning.MiddleName), "middle_initial|MiddleName|mi")]
    [InlineData(nameof(ColumnMeaning.BirthDate), "dob|date_of_birth|BirthDate|Geburtsdatum|naissance|fødselsdato")]
    [InlineData(nameof(ColumnMeaning.BirthYear), "dob_year|birth year|Geburtsjahr")]
    [InlineData(nameof(ColumnMeaning.BirthPlace), "birth_place|city of birth|Geburtsort|country_of_birth")]
    [InlineData(nameof(ColumnMeaning.Sex), "sex|Gender|Geschlecht|kjønn")]
    [InlineData(nameof(ColumnMeaning.Address), "address|address_1|StreetName|Straße|calle|Postal Address")]
    [InlineData(nameof(ColumnMeaning.AddressDetail), "address_2|addressLine2|apt")]
    [InlineData(nameof(ColumnMeaning.HouseNumber), "street_number|House No|Hausnummer")]
    [InlineData(nameof(ColumnMeaning.Postcode), "zip|zip_code|postcode_fake|PLZ|code postal|Address Postal Code")]
    [InlineData(nameof(ColumnMeaning.Place), "city|suburb|Wohnort|ville|post town")]
    [InlineData(nameof(ColumnMeaning.State), "state|province|Bundesland")]
    [InlineData(nameof(ColumnMeaning.Phone), "phone|mobile_number|Telefon|tel.")]
    [InlineData(nameof(ColumnMeaning.Email), "email|e-mail address|correo")]
    [InlineData(nameof(ColumnMeaning.LastFour), "ssn4|last4|SSN last four|last_4_ssn")]
    [InlineData(nameof(ColumnMeaning.Identifier), "ssn|soc_sec_id|NHS number|social security no|tax id|pesel")]
    [InlineData(nameof(ColumnMeaning.RecordId), "rec_id|id|PersonID|patient_number")]
    [InlineData(nameof(ColumnMeaning.OtherDate), "admission_date|date of death|created_at")]
    [InlineData(nameof(ColumnMeaning.OtherPerson), "mother_first_name|maiden_name|emergency phone|spouse dob")]
    [InlineData(nameof(ColumnMeaning.Unstable), "occupation|income|marital_state|relationship")]
    [InlineData(nameof(ColumnMeaning.Truth), "truth_person_id|TRUTH_NAME")]
    [InlineData(nameof(ColumnMeaning.Unknown), "xyzzy|first_visitor|")]
    public void Guess_Header_IsUnderstood(string meaning, string headers)
    {
        Assert.All(headers.Split('|'), header => Assert.Equal(meaning, HeaderGuess.Guess(header).ToString()));
    }
}
