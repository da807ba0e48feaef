namespace Linkage.Core.Model;

/// <summary>Which figures of a comparison an estimation that begins with this model leaves as they are.</summary>
[Flags]
public enum FixedProbabilities
{
    /// <summary>None: all are estimated.</summary>
    None = 0,

    /// <summary>m, the shares among matches.</summary>
    M = 1,

    /// <summary>u, the shares among every kind of non-match.</summary>
    U = 2,

    /// <summary>Both.</summary>
    Both = M | U,
}
