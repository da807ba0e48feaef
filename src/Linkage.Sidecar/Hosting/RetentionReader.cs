using Linkage.Sidecar.Services.Unit.Retention;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads how long things are kept where no agreement says less.</summary>
internal static class RetentionReader
{
    private const long MostDays = 36_600;

    /// <summary>Reads the member <c>retention</c>.</summary>
    public static RetentionTerms Read(SettingReader root)
    {
        RetentionTerms none = new(Encodings: null, Results: null, Clause: string.Empty);
        if (root.Section("retention") is not { } section)
        {
            return none;
        }

        RetentionTerms terms = none with
        {
            Encodings = Days(section, "encodingsDays"),
            Results = Days(section, "resultsDays"),
        };
        section.RefuseOthers();
        return terms;
    }

    private static TimeSpan? Days(SettingReader section, string name) =>
        section.Has(name) ? TimeSpan.FromDays(section.Number(name, 1, 1, MostDays)) : null;
}
