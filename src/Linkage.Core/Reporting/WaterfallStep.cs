namespace Linkage.Core.Reporting;

/// <summary>A bar of a waterfall: what is added to what stood before.</summary>
/// <param name="Name">What adds.</param>
/// <param name="Meaning">What was found.</param>
/// <param name="From">The sum before, in bits.</param>
/// <param name="To">The sum after.</param>
internal readonly record struct WaterfallStep(string Name, string Meaning, double From, double To)
{
    /// <summary>What is added.</summary>
    public double Bits => To - From;
}
