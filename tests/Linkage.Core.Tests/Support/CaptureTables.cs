namespace Linkage.Core.Tests.Support;

/// <summary>Populations of which it is known how many no list captures.</summary>
internal static class CaptureTables
{
    /// <summary>Expected counts by capture history, the uncaptured in cell 0.</summary>
    /// <param name="size">How many there are in all.</param>
    /// <param name="odds">For every list the logarithm of the odds of being captured.</param>
    /// <param name="together">For every two lists by their bits, how capture by one raises the other's.</param>
    public static double[] Expect(
        double size, IReadOnlyList<double> odds, IReadOnlyDictionary<int, double>? together = null)
    {
        double[] cells = new double[1 << odds.Count];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            double sum = odds.Where((_, list) => (cell >> list & 1) != 0).Sum();
            sum += together?.Where(two => (cell & two.Key) == two.Key).Sum(two => two.Value) ?? 0;
            cells[cell] = Math.Exp(sum);
        }

        double scale = size / cells.Sum();
        return [.. cells.Select(cell => cell * scale)];
    }

    /// <summary>A sample: everybody falls into a cell by chance.</summary>
    public static double[] Draw(double[] expected, SmallRandom random)
    {
        double total = expected.Sum();
        double[] shares = [.. expected.Select(cell => cell / total)];
        double[] drawn = new double[expected.Length];
        for (int i = 0; i < (int)total; i++)
        {
            drawn[random.Draw(shares)]++;
        }

        return drawn;
    }
}
