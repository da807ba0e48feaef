using System.Collections.Frozen;

namespace Linkage.Cli.Proposal;

/// <summary>Words of column headers in several European languages, without accents, in lower case.</summary>
internal static class HeaderWords
{
    private static readonly (ColumnMeaning Meaning, string Words)[] Entries =
    [
        (ColumnMeaning.OtherPerson,
            "mother father parent guardian spouse husband wife partner child sibling emergency kin nextofkin maiden "
            + "maidenname previous former formername alias nickname doctor physician gp geburtsname nomdejeunefille"),
        (ColumnMeaning.Unstable,
            "occupation job profession beruf employer company income salary wage marital status relationship relation "
            + "race ethnicity ethnic religion education school notes note comment comments remark remarks description "
            + "language age work weight height fax amount score count total balance flag type category group "
            + "occupazione profesion metier beroep familienstand bemerkung einkommen"),
        (ColumnMeaning.MiddleName,
            "middle middlename middleinitial mname midname minit secondname secondgivenname mellannamn mellomnavn "
            + "mellemnavn zweitname segundonombre tussenvoegsel"),
        (ColumnMeaning.NameAffix, "suffix prefix title salutation honorific anrede titel generation namesuffix"),
        (ColumnMeaning.Email, "email emailaddress courriel correo correoelectronico epost"),
        (ColumnMeaning.LastFour, "lastfour lastfourdigits"),
        (ColumnMeaning.Identifier,
            "ssn nhs nhsnumber nino socialsecurity socsec sin medicare medicaid passport licence license tin taxid "
            + "nationalid nationalinsurance pesel bsn cpf nif dni nie curp personnummer cpr insee nir aadhaar "
            + "codicefiscale steuerid sozialversicherungsnummer svnr ahv avs"),
        (ColumnMeaning.BirthPlace,
            "birthplace placeofbirth cityofbirth townofbirth countryofbirth stateofbirth geburtsort lieudenaissance "
            + "lugardenacimiento luogodinascita geboorteplaats fodelseort fodested"),
        (ColumnMeaning.BirthYear, "birthyear yearofbirth yob geburtsjahr geboortejaar fodelsear anneenaissance"),
        (ColumnMeaning.BirthPart, "birthmonth monthofbirth dayofbirth geburtsmonat"),
        (ColumnMeaning.BirthDate,
            "dob birthdate dateofbirth birthday bday bdate birth born geburtsdatum geburtstag gebdat gebdatum "
            + "datedenaissance datenaissance naissance fechanacimiento fechadenacimiento nacimiento datadinascita "
            + "datanascita nascita datanascimento datadenascimento nascimento geboortedatum fodelsedatum fodselsdato "
            + "fodselsdag dataurodzenia urodzenia syntymaaika datumnarozeni"),
        (ColumnMeaning.GivenName,
            "given givenname givennames firstname firstnames forename forenames fname christianname vorname vornamen "
            + "rufname prenom prenoms nombre nombres nome primeironome voornaam fornamn fornavn imie etunimi jmeno "
            + "keresztnev"),
        (ColumnMeaning.FamilyName,
            "surname surnames lastname familyname lname nachname familienname zuname nom nomdefamille apellido "
            + "apellidos primerapellido cognome sobrenome apelido achternaam familienaam efternamn "
            + "efternavn etternavn nazwisko "
            + "sukunimi prijmeni vezeteknev"),
        (ColumnMeaning.FullName, "fullname wholename completename nomcomplet nombrecompleto nomeecognome"),
        (ColumnMeaning.Sex,
            "sex gender geschlecht sexe sexo sesso genero genre geslacht kon kjonn plec sukupuoli pohlavi"),
        (ColumnMeaning.Phone,
            "phone telephone tel mobile cell cellphone phonenumber telefon telefonnummer telefonnr handy handynummer "
            + "rufnummer telefono movil celular cellulare telefone telemovel telefoon mobiel mobil mobilnummer "
            + "puhelin"),
        (ColumnMeaning.Postcode,
            "zip zipcode postcode postalcode postal plz postleitzahl codepostal codigopostal codpostal cep postnummer "
            + "postnr kodpocztowy psc eircode pincode"),
        (ColumnMeaning.HouseNumber, "housenumber hausnummer hausnr streetnumber huisnummer husnummer numerodomu"),
        (ColumnMeaning.AddressDetail, "unit apt apartment flat suite floor building"),
        (ColumnMeaning.Address,
            "address addr street road residence streetaddress homeaddress adresse anschrift strasse rue direccion "
            + "domicilio calle indirizzo via endereco morada rua adres straat adress gata gatuadress gade ulica "
            + "osoite"),
        (ColumnMeaning.Place,
            "city suburb town place locality municipality village ort wohnort stadt ville commune ciudad municipio "
            + "localidad poblacion citta comune cidade localidade plaats woonplaats stad kommune miasto miejscowosc"),
        (ColumnMeaning.State, "state province county bundesland kanton canton provincia estado prefecture"),
        (ColumnMeaning.Country, "country nation nationality citizenship pays pais staatsangehorigkeit nationalite"),
        (ColumnMeaning.OtherDate,
            "date datum fecha data death deceased died created updated modified admission discharge visit enrolled "
            + "enrolment enrollment timestamp time year month day"),
        (ColumnMeaning.RecordId,
            "id ids recid recordid rowid personid uuid guid key index identifier number no nr num code reference ref"),
        (ColumnMeaning.FullName, "name"),
    ];

    // Words that mean something only when they are the whole header: inside another one they are too common.
    private static readonly (ColumnMeaning Meaning, string Words)[] WholeEntries =
    [
        (ColumnMeaning.GivenName, "first"),
        (ColumnMeaning.FamilyName, "last family"),
        (ColumnMeaning.MiddleName, "mi"),
        (ColumnMeaning.Email, "mail"),
        (ColumnMeaning.Postcode, "cp cap"),
        (ColumnMeaning.State, "land"),
        (ColumnMeaning.Place, "by"),
    ];

    /// <summary>Meanings in the order in which a word of a longer header decides; the word "name" says least.</summary>
    public static readonly IReadOnlyList<ColumnMeaning> Order =
        [.. Entries.Select(entry => entry.Meaning).Reverse().Distinct().Reverse()];

    /// <summary>Meaning by word, wherever it stands.</summary>
    public static readonly FrozenDictionary<string, ColumnMeaning> Words = Build(Entries);

    /// <summary>Meaning by whole header, without its separators.</summary>
    public static readonly FrozenDictionary<string, ColumnMeaning> Whole = Build([.. Entries, .. WholeEntries]);

    private static FrozenDictionary<string, ColumnMeaning> Build((ColumnMeaning Meaning, string Words)[] entries) =>
        entries
            .SelectMany(entry => entry.Words.Split(' ').Select(word => KeyValuePair.Create(word, entry.Meaning)))
            .DistinctBy(entry => entry.Key)
            .ToFrozenDictionary(StringComparer.Ordinal);
}
