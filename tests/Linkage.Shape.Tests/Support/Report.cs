namespace Linkage.Shape.Tests.Support;

/// <summary>Fails with every finding at once, so that one run shows all there is to mend.</summary>
internal static class Report
{
    /// <summary>Fails if there is any finding.</summary>
    public static void FailOnAny(IEnumerable<string> findings, string rule)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail($"{rule}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", all)}");
        }
    }
}
