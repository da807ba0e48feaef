using System.Globalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Reporting;

/// <summary>Versions, fingerprints and options, for whoever has to repeat the run.</summary>
internal static class RunSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        EncodedFileHeader first = result.Files[0];
        html.Open("div", ("class", "scroll facts"), ("role", "region"), ("tabindex", "0"), ("aria-label", "Facts"));
        html.Open("table");
        html.Open("tbody");
        WriteFact(html, "Started", FigureText.Time(content.Facts.Started));
        WriteFact(html, "Took", FigureText.Duration(content.Facts.Elapsed));
        WriteFact(html, "Linked by", $"Linkage {RunFile.Software}");
        WriteFact(html, "Encoded by", string.Join(", ", result.Files.Select(file => file.Software).Distinct()));
        WriteFact(html, "Project", first.Project);
        WriteFact(html, "Key", $"{first.KeyId}, epoch {first.Epoch.ToString(CultureInfo.InvariantCulture)}");
        WriteFact(html, "Profile", result.Schema.Profile == ProtectionProfile.Research ? "research" : "standard");
        WriteFact(html, "Schema", result.Schema.Name);
        WriteFact(html, "Encoding fingerprint", result.Schema.EncodingFingerprint, "code");
        WriteFact(html, "Linkage fingerprint", result.Schema.LinkageFingerprint, "code");
        WriteFact(html, "Notes in the schema", result.Schema.Notes);
        WriteFact(html, "Pairs kept", KeptRule(content));
        WriteFact(html, "Link ids", result.Options.Seed is { } seed
            ? $"fixed by seed {seed.ToString(CultureInfo.InvariantCulture)}"
            : "random, new in every run");
        WriteFact(html, "Model", result.Options.Model is null ? "estimated from these files" : "given");
        WriteFact(html, "Decided by persons", DecidedWords(result.DecisionUse));
        foreach (string option in content.Facts.CommandOptions)
        {
            WriteFact(html, "Option", option, "code");
        }

        html.Close();
        html.Close();
        html.Close();
    }

    private static string KeptRule(ReportContent content) =>
        $"{FigureText.Count(content.Result.Pairs.Count)}: all matches and possible matches, and non-matches of weight "
        + $"{FigureText.Weight(content.Result.Options.KeepWeight)} or more";

    private static string DecidedWords(DecisionUse use) => use.Matches + use.NonMatches == 0
        ? ""
        : $"{FigureText.Count(use.Matches, "match", "matches")} and "
            + $"{FigureText.Count(use.NonMatches, "non-match", "non-matches")}, whatever their weight; "
            + $"{FigureText.Count(use.NotCompared)} of these pairs met in no pass";

    private static void WriteFact(HtmlWriter html, string name, string value, string element = "bdi")
    {
        if (value.Length == 0)
        {
            return;
        }

        html.Open("tr");
        html.Element("th", name, ("scope", "row"));
        html.Open("td");
        html.Element(element, value);
        html.Close();
        html.Close();
    }
}
