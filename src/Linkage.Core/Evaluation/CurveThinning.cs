namespace Linkage.Core.Evaluation;

/// <summary>Leaves out points of a curve that do not show.</summary>
internal static class CurveThinning
{
    /// <summary>The most points a curve has.</summary>
    internal const int MaxPoints = 200;

    /// <summary>
    /// Spreads the points evenly along the curve's length, not over its weights: most distinct weights lie among the
    /// non-matches, where the curve hardly moves. First, last and best point always stay.
    /// </summary>
    /// <typeparam name="T">A point, compared by reference.</typeparam>
    internal static T[] Thin<T>(List<T> points, Func<T, double> across, Func<T, double> up, T? best)
        where T : class
    {
        if (points.Count <= MaxPoints)
        {
            return [.. points];
        }

        double length = 0;
        for (int i = 1; i < points.Count; i++)
        {
            length += Step(points[i - 1], points[i]);
        }

        // Two more than the even ones may be kept: the last point and the best.
        double stride = length / (MaxPoints - 3);
        List<T> kept = [points[0]];
        double since = 0;
        for (int i = 1; i < points.Count; i++)
        {
            since += Step(points[i - 1], points[i]);
            bool isDue = since >= stride && stride > 0;
            if (isDue || i == points.Count - 1 || ReferenceEquals(points[i], best))
            {
                kept.Add(points[i]);
                since = isDue ? 0 : since;
            }
        }

        return [.. kept];

        double Step(T from, T to) => Math.Abs(across(to) - across(from)) + Math.Abs(up(to) - up(from));
    }
}
