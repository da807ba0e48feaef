namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>How long things may be kept, from the day they came or were made.</summary>
/// <param name="Encodings">Encoded files; null for as long as the project.</param>
/// <param name="Results">Results; null for as long as the project.</param>
/// <param name="Clause">The clause of the agreement that says so; empty if the configuration does.</param>
internal sealed record RetentionTerms(TimeSpan? Encodings, TimeSpan? Results, string Clause)
{
    /// <summary>These, or the other where it is shorter.</summary>
    public RetentionTerms Shorter(RetentionTerms other)
    {
        TimeSpan? encodings = Least(Encodings, other.Encodings);
        TimeSpan? results = Least(Results, other.Results);
        return new RetentionTerms(encodings, results, Clause.Length > 0 ? Clause : other.Clause);
    }

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) =>
        one is null ? other : other is null || one <= other ? one : other;
}
