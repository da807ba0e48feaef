namespace Linkage.Core.Tests.Support;

/// <summary>Rows under <see cref="SmallSchemas.TwoNumbers"/>.</summary>
internal static class NumberRows
{
    private static readonly string[] Names = ["ada", "adam", "berta", "bertram", "carla", "karla"];

    /// <summary>As many rows as asked, with numbers of a few values, some missing.</summary>
    public static string?[][] Make(int count, ulong seed)
    {
        var random = new SmallRandom(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => (string?[])
            [
                random.Next(10) == 0 ? null : $"{100 + random.Next(8)}",
                random.Next(10) == 0 ? null : $"{200 + random.Next(8)}",
                random.Next(10) == 0 ? null : Names[random.Next(Names.Length)],
            ]),
        ];
    }

    /// <summary>Rows that share one value of the first number and differ in the second.</summary>
    public static string?[][] OneBlock(int count, string number, int firstSecond) =>
        [.. Enumerable.Range(0, count).Select(row => (string?[])[number, $"{firstSecond + row}", "ada"])];
}
