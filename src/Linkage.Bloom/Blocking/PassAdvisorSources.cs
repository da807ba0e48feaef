using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>The advisor's tables: which ways of blocking a set of fields allows, in the order they are tried.</summary>
/// <remarks>
/// One pass on each of date of birth, name, last four digits, phone and address misses no more true pairs than any
/// longer list that was tried on 50,000 records, so these come first and the others step in where some are absent.
/// </remarks>
internal static class PassAdvisorSources
{
    private static readonly string[] BirthDate = ["Dx", "F1+Dx LS+YD", "F1+Dx L1+Dx", "F3+Dx L3+Dx"];
    private static readonly string[] Names = ["F1+L3", "F3+LS", "NS", "NS+Y"];
    private static readonly string[] LastFour = ["N", "N+L3 N+Y"];
    private static readonly string[] Phone = ["P", "F1+P L1+P"];
    private static readonly string[] HouseAndStreet = ["ASx", "F1+ASx"];
    private static readonly string[] Postcode = ["Z", "F1+Z L1+Z", "F3+Z L3+Z"];

    // Other views of names and date of birth, for records that hold little else: each forgives another error.
    private static readonly string[][] Supplements =
    [
        ["NS"], ["MD", "F1+MD L3+MD"], ["YD", "L3+Y", "LS+YM"], ["YM", "F1+YM", "F3+YM"], ["F3+L1", "FS+L1+Y"],
        ["F1+LS", "F1+LS+Y"],
    ];

    /// <summary>The sources of a schema's fields, best first.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="coverage">Share of records that have a key part.</param>
    public static IEnumerable<PassAdvisorSource> Of(IReadOnlyList<FieldSchema> fields, Func<string, double> coverage)
    {
        yield return PassAdvisorSource.Of(false, BirthDate);
        yield return PassAdvisorSource.Of(false, Names);
        yield return PassAdvisorSource.Of(false, LastFour);
        foreach (FieldSchema field in fields.Where(IsIdentifier))
        {
            yield return Whole(field);
        }

        yield return PassAdvisorSource.Of(false, Phone);
        foreach (FieldSchema field in fields.Where(field => field.Kind == FieldKind.Address))
        {
            // Where the house number is in a column of its own, no key comes from house number and street.
            bool hasNumber = field.Role == FieldRole.Address && coverage("ASx") * 2 >= coverage(field.Name);
            yield return hasNumber ? PassAdvisorSource.Of(false, HouseAndStreet) : Whole(field);
        }

        yield return PassAdvisorSource.Of(true, Postcode);
        foreach (FieldSchema field in fields.Where(IsText))
        {
            // A text that needs refining tells less than another view of names and date of birth.
            yield return PassAdvisorSource.Of(true, field.Name);
        }
    }

    /// <summary>Further ways for records with few sources.</summary>
    public static IEnumerable<PassAdvisorSource> Further() =>
        Supplements.Select(rungs => PassAdvisorSource.Of(true, rungs));

    /// <summary>Whether the advisor may block by a field's whole value, by name.</summary>
    public static bool IsBlockedWhole(FieldSchema field) =>
        field.Kind == FieldKind.Address || IsIdentifier(field) || IsText(field);

    private static bool IsIdentifier(FieldSchema field) => field.Kind == FieldKind.Identifier;

    // A tag that is not an identifier (a state, a year of birth) has too few values for a key.
    private static bool IsText(FieldSchema field) =>
        !field.IsTag && field.Kind is FieldKind.Email or FieldKind.Text && field.Role == FieldRole.None;

    private static PassAdvisorSource Whole(FieldSchema field) => PassAdvisorSource.Of(
        false, field.Name, $"F1+{field.Name} L1+{field.Name}", $"F3+{field.Name} L3+{field.Name}");
}
