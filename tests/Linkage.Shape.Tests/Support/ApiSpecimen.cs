namespace Linkage.Shape.Tests.Support;

/// <summary>One of each kind of member, for the test of the listing.</summary>
internal abstract class ApiSpecimen : IDisposable
{
    public const int Limit = 3;

    private readonly string? _name;

    protected ApiSpecimen(string? name = null)
    {
        _name = name;
    }

    private protected ApiSpecimen(int hidden)
        : this(hidden.ToString(System.Globalization.CultureInfo.InvariantCulture))
    {
    }

    public required IReadOnlyList<string?> Names { get; init; }

    internal int Hidden => _name?.Length ?? 0;

    public static bool TryRead(ReadOnlySpan<byte> source, out int read)
    {
        read = source.Length;
        return read > 0;
    }

    public static T Pick<T>(params T[] items)
        where T : struct => items[0];

    public void Dispose() => GC.SuppressFinalize(this);

    public override string ToString() => nameof(ApiSpecimen);
}
