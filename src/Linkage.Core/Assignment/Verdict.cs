namespace Linkage.Core.Assignment;

/// <summary>What decisions of a person say about a pair.</summary>
internal enum Verdict
{
    /// <summary>Nothing; the model decides.</summary>
    Open = 0,

    /// <summary>Two persons.</summary>
    NonMatch,

    /// <summary>One person.</summary>
    Match,
}
