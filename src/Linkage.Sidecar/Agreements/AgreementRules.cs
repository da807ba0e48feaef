using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Agreements;

/// <summary>What has to hold in an agreement beside its shape.</summary>
internal static class AgreementRules
{
    private const int MostParties = 64;
    private const int MostPurposes = 64;
    private const int MostClauses = 512;
    private const int MostFields = 256;
    private const int LongestName = 64;
    private const int LongestTitle = 200;
    private const int LongestText = 2000;
    private const int LongestCitation = 500;
    private const int DigestDigits = 64;

    /// <summary>Checks a document.</summary>
    /// <exception cref="AgreementFormatException">The first member that is wrong.</exception>
    public static void Require(AgreementDocument document)
    {
        That(document.Format == AgreementDocument.FormatName, "format", $"must be {AgreementDocument.FormatName}");
        That(Principal.IsName(document.Id), "id", "must be 1 to 64 letters, digits, '_' or '-'");
        That(document.Version is >= 1 and <= 1_000_000, "version", "must be 1 or more");
        That(
            document.Version == 1 ? document.Replaces is null : IsDigest(document.Replaces),
            "replaces",
            "must be null in version 1, and the digest of the version before in every other");
        Text(document.Title, LongestTitle, "title");
        That(
            document.Default is AgreementWords.Share or AgreementWords.Deny, "default", "must be share or deny");
        RequireParties(document.Parties);
        RequirePurposes(document.Purposes);
        RequireRules(document);
        RequireExceptions(document);
        RequireTimes(document);
    }

    /// <summary>Whether a text is a digest as signatures name it.</summary>
    public static bool IsDigest(string? text) =>
        text is { Length: DigestDigits } && text.All(char.IsAsciiHexDigitLower);

    private static void RequireParties(IReadOnlyList<AgreementParty> parties)
    {
        That(parties.Count is >= 2 and <= MostParties, "parties", "must be 2 to 64");
        foreach ((int i, AgreementParty party) in parties.Index())
        {
            That(Principal.IsName(party.Name), $"parties[{i}].name", "must be 1 to 64 letters, digits, '_' or '-'");
            Text(party.Title, LongestTitle, $"parties[{i}].title");
            That(
                SigningKey.IsPublicKey(party.PublicKey),
                $"parties[{i}].publicKey",
                "must be the SubjectPublicKeyInfo of a P-256 key, in base64");
        }

        That(AreDistinct(parties.Select(party => party.Name)), "parties", "two have the same name");
        That(AreDistinct(parties.Select(party => party.PublicKey)), "parties", "two have the same key");
    }

    private static void RequirePurposes(IReadOnlyList<AgreementPurpose> purposes)
    {
        That(purposes.Count is >= 1 and <= MostPurposes, "purposes", "must be 1 to 64");
        foreach ((int i, AgreementPurpose purpose) in purposes.Index())
        {
            string place = $"purposes[{i}]";
            That(Principal.IsName(purpose.Name), $"{place}.name", "must be 1 to 64 letters, digits, '_' or '-'");
            Text(purpose.Title, LongestTitle, $"{place}.title");
            Text(purpose.LegalBasis.Citation, LongestCitation, $"{place}.legalBasis.citation");
            Text(purpose.LegalBasis.Text, LongestText, $"{place}.legalBasis.text");
            List(purpose.Fields, MostFields, IsFieldName, $"{place}.fields");
            That(purpose.Outputs.Count > 0, $"{place}.outputs", "must have one or more");
            Words(purpose.Outputs, AgreementWords.Outputs, $"{place}.outputs");
        }

        That(AreDistinct(purposes.Select(purpose => purpose.Name)), "purposes", "two have the same name");
    }

    private static void RequireRules(AgreementDocument document)
    {
        That(document.LookupRules.Count <= MostClauses, "lookupRules", "must be 512 at most");
        foreach ((int i, LookupRule rule) in document.LookupRules.Index())
        {
            string place = $"lookupRules[{i}]";
            Clause(rule.Clause, place);
            RequireScope(document, rule.Asking, rule.About, rule.Purposes, place);
            That(
                rule.Answer is AgreementWords.Share or AgreementWords.Ask, $"{place}.answer", "must be share or ask");
            Words(rule.Show, AgreementWords.Shown, $"{place}.show");
        }
    }

    private static void RequireExceptions(AgreementDocument document)
    {
        That(document.Exceptions.Count <= MostClauses, "exceptions", "must be 512 at most");
        foreach ((int i, LookupException exception) in document.Exceptions.Index())
        {
            string place = $"exceptions[{i}]";
            Clause(exception.Clause, place);
            RequireScope(document, exception.Asking, exception.About, exception.Purposes, place);
            Text(exception.Citation, LongestCitation, $"{place}.citation");
            Text(exception.Reason, LongestText, $"{place}.reason");
        }
    }

    private static void RequireScope(
        AgreementDocument document,
        IReadOnlyList<string> asking,
        IReadOnlyList<string> about,
        IReadOnlyList<string> purposes,
        string place)
    {
        List(asking, MostParties, name => document.PartyOf(name) is not null, $"{place}.asking");
        List(about, MostParties, name => document.PartyOf(name) is not null, $"{place}.about");
        List(
            purposes,
            MostPurposes,
            name => document.PurposeOf(name) is { } purpose && purpose.Outputs.Contains(AgreementWords.Lookup),
            $"{place}.purposes");
    }

    private static void RequireTimes(AgreementDocument document)
    {
        Days(document.Retention.Encodings, "retention.encodings");
        Days(document.Retention.Results, "retention.results");
        Days(document.ResponseDeadline, "responseDeadline");
        Days(document.ReleaseLifetime, "releaseLifetime");
        That(document.Effective.Year is >= 2000 and <= 9000, "effective", "must be a day from the year 2000 on");
        That(
            document.Expires >= document.Effective && document.Expires.Year <= 9000,
            "expires",
            "must not be before effective");
    }

    private static void Clause(string clause, string place)
    {
        Text(clause, LongestName, $"{place}.clause");
        That(
            clause is not (AgreementWords.DefaultClause or AgreementWords.OwnRecordsClause),
            $"{place}.clause",
            "must not be 'default' or 'own-records', which answers name where no rule speaks");
    }

    private static void List(IReadOnlyList<string> list, int most, Func<string, bool> isKnown, string place)
    {
        That(list.Count >= 1 && list.Count <= most, place, "must have one or more, or '*'");
        That(list is [AgreementWords.All] || list.All(isKnown), place, "has a name that the agreement does not have");
        That(AreDistinct(list), place, "has a name twice");
    }

    private static void Words(IReadOnlyList<string> list, IReadOnlyList<string> known, string place)
    {
        That(list.All(known.Contains), place, $"must be of {string.Join(", ", known)}");
        That(AreDistinct(list), place, "has a word twice");
    }

    private static bool IsFieldName(string name) =>
        name.Length is >= 1 and <= LongestName && name != AgreementWords.All && IsPlain(name);

    private static void Days(string text, string place) =>
        That(IsoDays.TryParse(text, out _), place, "must be a number of days such as P30D");

    private static void Text(string text, int longest, string place) => That(
        text.Length >= 1 && text.Length <= longest && IsPlain(text) && text.Trim().Length == text.Length,
        place,
        $"must be 1 to {longest} characters of one line, none of them hidden, without white space around them");

    /// <summary>Whether a text is of one line, and reads as it is written.</summary>
    /// <remarks>Whoever signs sees the text on a screen: no letter of it may be hidden or turn others round.</remarks>
    public static bool IsPlain(string text) => !text.Any(letter => char.IsControl(letter)
        || letter is '\u00ad' or '\u061c' or '\u200b' or '\u200e' or '\u200f' or '\ufeff'
            or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or (>= '\ufff9' and <= '\ufffb'));

    private static bool AreDistinct(IEnumerable<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return names.All(seen.Add);
    }

    private static void That(bool condition, string place, string rule)
    {
        if (!condition)
        {
            throw new AgreementFormatException(place, rule);
        }
    }
}
