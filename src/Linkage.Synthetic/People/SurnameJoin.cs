namespace Linkage.Synthetic.People;

/// <summary>How a person's two surnames belong together.</summary>
internal enum SurnameJoin
{
    /// <summary>Father's, then mother's, as in Spanish; agencies cut, join or hyphenate them.</summary>
    Spanish,

    /// <summary>Birth name and married name with a hyphen.</summary>
    Hyphenated,
}
