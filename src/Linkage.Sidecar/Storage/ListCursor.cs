namespace Linkage.Sidecar.Storage;

/// <summary>A place in a list ordered by time of creation, then id.</summary>
/// <param name="CreatedAt">Milliseconds since 1970 UTC.</param>
/// <param name="Id">The id of the last thing before the place.</param>
internal readonly record struct ListCursor(long CreatedAt, string Id)
{
    /// <summary>Before everything.</summary>
    public static ListCursor Start { get; } = new(long.MinValue, string.Empty);

    /// <summary>Just behind something.</summary>
    public static ListCursor After(DateTimeOffset createdAt, string id) => new(createdAt.ToUnixTimeMilliseconds(), id);
}
