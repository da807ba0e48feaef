namespace Linkage.Core.Scoring;

/// <summary>The three outcomes of Fellegi and Sunter for a pair.</summary>
public enum Decision
{
    /// <summary>Held to be two persons.</summary>
    NonMatch = 0,

    /// <summary>Left to a person to decide.</summary>
    Possible,

    /// <summary>Held to be one person.</summary>
    Match,
}
