namespace Linkage.Synthetic.Randomness;

/// <summary>What a stream of random numbers is for. The numbers enter the seeds, so they never change.</summary>
internal enum StreamPurpose
{
    /// <summary>Who lives in a household.</summary>
    Plan = 1,

    /// <summary>What its members are called, and where they live.</summary>
    Details = 2,

    /// <summary>Which agencies hold which members.</summary>
    Membership = 3,

    /// <summary>The order of an agency's rows.</summary>
    Order = 4,

    /// <summary>The record identifiers of an agency.</summary>
    Identifiers = 5,

    /// <summary>The errors of an agency's copies.</summary>
    Errors = 6,
}
