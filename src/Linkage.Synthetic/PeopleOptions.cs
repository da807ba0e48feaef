namespace Linkage.Synthetic;

/// <summary>What the generator is to make: how many people, seen by how many agencies, with how many errors.</summary>
/// <remarks>Every value is checked when it is set. The same options give the same records on every platform.</remarks>
public sealed record PeopleOptions
{
    /// <summary>The most agencies one generation can have.</summary>
    public const int MaximumAgencies = 256;

    /// <summary>Rows of each agency's file, exactly; duplicates count.</summary>
    /// <value>At least 1.</value>
    public required int PeoplePerAgency
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    }

    /// <summary>The number of agencies.</summary>
    /// <value>1 to <see cref="MaximumAgencies"/>.</value>
    public required int Agencies
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumAgencies);
            field = value;
        }
    }

    /// <summary>The seed; every seed gives other people.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The share of one agency's people that any other agency holds too.</summary>
    /// <value>0 to 1; 0.5 by default.</value>
    public double Overlap
    {
        get;
        init => field = Share(value);
    } = 0.5;

    /// <summary>The share of an agency's people whom it has recorded twice.</summary>
    /// <value>0 to 1; 0 by default.</value>
    public double DuplicateShare
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Multiplies the rate of every error; with 0 copies differ by style and missing fields only.</summary>
    /// <value>0 to 10; 1 by default.</value>
    public double ErrorScale
    {
        get;
        init => field = InRange(value, 10);
    } = 1.0;

    private static double Share(double value) => InRange(value, 1);

    private static double InRange(double value, double highest)
    {
        // A comparison with NaN is false, so the helpers alone would let it pass.
        if (double.IsNaN(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, highest);
        return value;
    }
}
