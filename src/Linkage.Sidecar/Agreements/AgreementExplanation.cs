using System.Globalization;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.V1;

namespace Linkage.Sidecar.Agreements;

/// <summary>What an agreement says, for people.</summary>
internal static class AgreementExplanation
{
    /// <summary>The whole agreement: who may ask whom for what once every party has signed, while it is in force.</summary>
    public static IEnumerable<string> Describe(AgreementText text)
    {
        AgreementDocument document = text.Document;
        yield return $"{document.Title} ({document.Id}, version {Number(document.Version)})";
        yield return $"digest {text.Digest}";
        yield return $"from {Day(document.Effective)} to {Day(document.Expires)}, both included, in UTC";
        yield return $"answers are due within {Days(document.ResponseDeadline)}; a release holds for "
            + $"{Days(document.ReleaseLifetime)}";
        yield return $"encodings are kept for {Days(document.Retention.Encodings)}, results for "
            + $"{Days(document.Retention.Results)}";
        foreach (AgreementParty party in document.Parties)
        {
            yield return $"party {party.Name}: {party.Title}";
        }

        foreach (string line in document.Purposes.SelectMany(purpose => DescribePurpose(text, purpose)))
        {
            yield return line;
        }
    }

    /// <summary>The one ruling on a question, once every party has signed, while it is in force.</summary>
    public static DisclosureRuling Rule(AgreementText text, string asking, string about, string purpose) =>
        DisclosureEngine.Decide(
            AsSigned(text),
            [],
            text.Document.Begin,
            new DisclosureQuestion(string.Empty, asking, about, purpose, string.Empty));

    /// <summary>A ruling as a sentence.</summary>
    public static string Sentence(DisclosureRuling ruling)
    {
        string clause = ruling.Clause.Length > 0 ? $", clause {ruling.Clause}" : string.Empty;
        string law = ruling.Citation.Length > 0 ? $", {ruling.Citation}" : string.Empty;
        return ruling.Refusal switch
        {
            ErrorReason.Unspecified => $"yes{clause}: shows {Shown(ruling.Shown)}",
            ErrorReason.ReleaseNeeded => $"after the party has released the case{clause}",
            _ => $"no{clause}{law}: {ruling.Message}",
        };
    }

    private static IEnumerable<string> DescribePurpose(AgreementText text, AgreementPurpose purpose)
    {
        yield return string.Empty;
        yield return $"purpose {purpose.Name}: {purpose.Title}";
        yield return $"  basis: {purpose.LegalBasis.Citation}: {purpose.LegalBasis.Text}";
        yield return $"  fields: {string.Join(", ", purpose.Fields)}; outputs: {string.Join(", ", purpose.Outputs)}";
        if (!purpose.Outputs.Contains(AgreementWords.Lookup))
        {
            yield break;
        }

        string[] names = [.. text.Document.Parties.Select(party => party.Name)];
        foreach (string asking in names)
        {
            // One line for all parties of which the same is said.
            IEnumerable<IGrouping<string, string>> answers = names.Where(about => about != asking)
                .GroupBy(about => Sentence(Rule(text, asking, about, purpose.Name)), StringComparer.Ordinal);
            foreach (IGrouping<string, string> answer in answers)
            {
                yield return $"  {asking} asks {string.Join(", ", answer)}: {answer.Key}";
            }
        }
    }

    private static AgreementStanding AsSigned(AgreementText text) => new()
    {
        Text = text,
        Signed = text.Document.Parties.Select(party => party.Name).ToHashSet(StringComparer.Ordinal),
        Withdrawn = new HashSet<string>(),
    };

    private static string Shown(ShownParts shown)
    {
        string[] words =
        [
            "whether there is a match",
            .. shown.HasFlag(ShownParts.LinkId) ? ["its link id"] : Array.Empty<string>(),
            .. shown.HasFlag(ShownParts.Probability) ? ["the probability"] : Array.Empty<string>(),
            .. shown.HasFlag(ShownParts.Levels) ? ["the levels of agreement"] : Array.Empty<string>(),
        ];
        return string.Join(", ", words);
    }

    private static string Days(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{IsoDays.Parse(text).TotalDays:0} days");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
