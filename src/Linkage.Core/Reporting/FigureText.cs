using System.Globalization;

namespace Linkage.Core.Reporting;

/// <summary>Numbers as people read them: commas between thousands, no more digits than mean something.</summary>
/// <remarks>No culture has a say in it.</remarks>
internal static class FigureText
{
    private const string Minus = "−";

    /// <summary>A whole number, for example <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A whole number with what it counts, for example <c>1 link</c> or <c>12 links</c>.</summary>
    public static string Count(long count, string one, string several) =>
        $"{Count(count)} {(count == 1 ? one : several)}";

    /// <summary>A name cut to a length; an ellipsis stands for what is cut off.</summary>
    public static string Shortened(string name, int longest) =>
        name.Length <= longest ? name : $"{name[..(longest - 1)]}…";

    /// <summary>A coordinate or another number that a program reads.</summary>
    public static string Plain(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A part of a whole in percent with one decimal; a rare thing is not called none, nor most all.</summary>
    public static string Share(double share)
    {
        const double SmallestShown = 0.001;
        return share switch
        {
            > 0 and < SmallestShown => "under 0.1 %",
            > 1 - SmallestShown and < 1 => "over 99.9 %",
            _ => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %"),
        };
    }

    /// <summary>A part of a whole in percent with two decimals; most is not called all.</summary>
    public static string FineShare(double share)
    {
        const double SmallestLacking = 0.0001;
        return share is > 1 - SmallestLacking and < 1
            ? "over 99.99 %"
            : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");
    }

    /// <summary>A part of a whole in percent; a dash where there is no whole.</summary>
    public static string Share(long part, long whole) => whole > 0 ? Share((double)part / whole) : "–";

    /// <summary>Both forms, for example <c>120 (2.4 %)</c>.</summary>
    public static string CountAndShare(long part, long whole) =>
        whole > 0 ? $"{Count(part)} ({Share(part, whole)})" : Count(part);

    /// <summary>A match weight in bits with its sign, for example <c>+7.3</c>.</summary>
    public static string Weight(double bits)
    {
        string size = Math.Abs(bits).ToString("0.0", CultureInfo.InvariantCulture);
        return size == "0.0" ? size : (bits < 0 ? Minus : "+") + size;
    }

    /// <summary>A probability between 0 and 1, small ones by their power of ten.</summary>
    public static string Probability(double probability)
    {
        const double SmallestPlain = 0.001;
        const double LargestPlain = 0.99995;
        return probability switch
        {
            > LargestPlain and < 1 => "over 0.9999",
            > 0 and < SmallestPlain => probability.ToString("0.0e-0", CultureInfo.InvariantCulture),
            _ => probability.ToString("0.0000", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A threshold in percent, with as many decimals as it needs.</summary>
    public static string Threshold(double probability) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * probability:0.######} %");

    /// <summary>A point in time in universal time, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long something took, for example <c>3 min 05 s</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes:00} min"),
    };
}
