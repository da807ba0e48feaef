namespace Linkage.Core.Evaluation;

/// <summary>Poisson draws that are the same in every run. Not thread-safe.</summary>
/// <remarks>
/// The bits are SplitMix64's (Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators).
/// </remarks>
internal sealed class PairsCompletenessRandom(ulong seed)
{
    // From here on the normal curve is close enough to Poisson's; its skewness is below 0.05.
    private const double LargeMean = 500;

    // exp(-30) is far from the smallest number, so the product below does not vanish.
    private const double LargestPart = 30;

    private ulong _state = seed;

    /// <summary>A whole number from the Poisson distribution.</summary>
    /// <param name="mean">Its mean, 0 or more.</param>
    public double NextPoisson(double mean)
    {
        if (mean >= LargeMean)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * NextNormal())));
        }

        // Sums of Poisson numbers are Poisson numbers, so a larger mean is drawn in parts.
        double sum = 0;
        for (; mean > LargestPart; mean -= LargestPart)
        {
            sum += NextSmallPoisson(LargestPart);
        }

        return sum + NextSmallPoisson(mean);
    }

    /// <summary>A whole number from the Poisson distribution of mean 1, from one draw.</summary>
    public int NextUnitPoisson()
    {
        double left = NextDouble();
        const double Smallest = 1e-16;
        double probability = 1 / Math.E;
        int count = 0;

        // What is left cannot tell numbers of a smaller probability apart, so they end there.
        for (; left >= probability && probability > Smallest; probability /= ++count)
        {
            left -= probability;
        }

        return count;
    }

    // Knuth, The Art of Computer Programming 2, section 3.4.1.
    private int NextSmallPoisson(double mean)
    {
        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = NextDouble(); product > limit; product *= NextDouble())
        {
            count++;
        }

        return count;
    }

    // Box and Muller 1958; one of the two numbers is enough here.
    private double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    private double NextDouble() => (NextBits() >> 11) * Math.ScaleB(1, -53);

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
