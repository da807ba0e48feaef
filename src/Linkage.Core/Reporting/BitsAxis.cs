namespace Linkage.Core.Reporting;

/// <summary>A level axis of evidence in bits, zero in it: to the left two persons, to the right one.</summary>
/// <param name="Left">Where it begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Low">The evidence at its beginning, under zero.</param>
/// <param name="High">The evidence at its end, over zero.</param>
internal readonly record struct BitsAxis(double Left, double Right, double Low, double High)
{
    private const int MostTicks = 12;

    /// <summary>An axis in whole bits that all values find a place on.</summary>
    public static BitsAxis Over(IReadOnlyCollection<double> values, double left, double right) => new(
        left, right, Math.Min(-1, Math.Floor(values.Min())), Math.Max(1, Math.Ceiling(values.Max())));

    /// <summary>Where a value stands.</summary>
    public double PlaceOf(double bits) => Left + ((bits - Low) / (High - Low) * (Right - Left));

    /// <summary>Draws its lines between two heights, its ticks and its name below.</summary>
    public void Draw(SvgChart chart, double top, double bottom, string name)
    {
        double step = SvgScale.TickStep(High - Low, MostTicks);
        for (double bits = Math.Ceiling(Low / step) * step; bits <= High; bits += step)
        {
            double x = PlaceOf(bits);
            chart.Line(x, top, x, bottom, "grid");
            chart.Label(x, bottom + 16, SvgScale.TickLabel(bits), "middle", "soft");
        }

        double zero = PlaceOf(0);
        chart.Line(zero, top - 4, zero, bottom, "axis");
        chart.Label(zero - 8, top - 10, "← two persons", "end", "soft");
        chart.Label(zero + 8, top - 10, "one person →", "start", "soft");
        chart.Label((Left + Right) / 2.0, bottom + 36, name, "middle", "soft");
    }
}
