using System.Globalization;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The text of <c>grpc-timeout</c> and <c>connect-timeout-ms</c>.</summary>
internal static class CallTimeout
{
    private const int MostDigits = 8;
    private const long MostValue = 99_999_999;

    /// <summary>Reads 1 to 8 digits and a unit: H, M, S, m, u or n.</summary>
    public static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MostDigits + 1
            || !long.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => (value + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }

    /// <summary>Reads 1 to 10 digits: milliseconds.</summary>
    public static bool TryParseMilliseconds(string text, out TimeSpan timeout)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && text.Length <= 10;
        timeout = isNumber ? TimeSpan.FromMilliseconds(value) : default;
        return isNumber;
    }

    /// <summary>Writes a timeout in the finest unit that has room, rounded up; never less than nothing.</summary>
    public static string Format(TimeSpan timeout)
    {
        long ticks = Math.Max(0, timeout.Ticks);
        (long TicksPerUnit, char Letter)[] units =
        [
            (TimeSpan.TicksPerMicrosecond, 'u'), (TimeSpan.TicksPerMillisecond, 'm'), (TimeSpan.TicksPerSecond, 'S'),
            (TimeSpan.TicksPerMinute, 'M'),
        ];
        foreach ((long ticksPerUnit, char letter) in units)
        {
            long value = (ticks / ticksPerUnit) + (ticks % ticksPerUnit == 0 ? 0 : 1);
            if (value <= MostValue)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value}{letter}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Min(MostValue, ticks / TimeSpan.TicksPerHour)}H");
    }
}
