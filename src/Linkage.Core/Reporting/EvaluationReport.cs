using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>The report of an evaluation: one HTML file without script or reference to elsewhere.</summary>
/// <remarks>
/// The file is well-formed XML too. It tells counts and the labels of groups: no handle, no record. It holds no time,
/// so equal evaluations give equal bytes.
/// </remarks>
public static class EvaluationReport
{
    private static readonly (string Id, string Heading, Func<LinkageEvaluation, bool> Has,
        Action<HtmlWriter, LinkageEvaluation> Write)[] Sections =
    [
        ("summary", "What the truth says", _ => true, EvaluationSummarySection.Write),
        ("groups", "Groups of people", one => one.Groups.Count > 0, EvaluationGroupsSection.Write),
        ("curve", "Precision and recall at every threshold", one => one.Curve.Count > 0, EvaluationCurves.WriteQuality),
        ("roc", "True and false pairs let through", one => one.Roc.Count > 0, EvaluationCurves.WriteRoc),
        ("calibration", "Stated and observed", one => one.Calibration is not null, EvaluationCalibrationSection.Write),
        ("patterns", "Errors by pattern", one => one.Patterns.Count > 0, EvaluationPatternsSection.Write),
    ];

    /// <summary>Writes the report.</summary>
    /// <param name="evaluation">The figures.</param>
    /// <param name="stream">Where to; stays open.</param>
    public static void Write(LinkageEvaluation evaluation, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(stream);
        const string Title = "Evaluation of a linkage";
        using var html = new HtmlWriter(stream);
        html.Open("html", ("lang", "en"));
        HtmlHead.Write(html, Title);
        html.Open("body");
        html.Open("header");
        html.Element("h1", Title);
        html.Element("p", "Compared with records whose truth is known.", ("class", "soft"));
        LinkageReport.WriteNavigation(
            html, Sections.Where(section => section.Has(evaluation)).Select(section => (section.Id, section.Heading)));
        html.Close();
        html.Open("main");
        foreach ((string id, string heading, _, Action<HtmlWriter, LinkageEvaluation> write) in
            Sections.Where(section => section.Has(evaluation)))
        {
            html.Open("section", ("id", id), ("aria-labelledby", $"{id}-heading"));
            html.Element("h2", heading, ("id", $"{id}-heading"));
            write(html, evaluation);
            html.Close();
        }

        html.Close();
    }

    /// <summary>What was found over all records, one sentence or two each, the most important first.</summary>
    /// <param name="evaluation">The figures.</param>
    /// <returns>Sentences of counts; no label of a group is in them.</returns>
    public static IReadOnlyList<string> Findings(LinkageEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return EvaluationText.Findings(evaluation);
    }

    /// <summary>Whether a group is worse off than the best, and by how much; without its label.</summary>
    /// <param name="group">One of <see cref="LinkageEvaluation.Groups"/>.</param>
    /// <returns>A phrase, for example <c>too few pairs to say</c>.</returns>
    public static string Verdict(SubgroupQuality group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return EvaluationText.Verdict(group);
    }
}
