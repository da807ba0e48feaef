namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>What a clause lets be shown of a match, beside that there is one and what was decided.</summary>
[Flags]
internal enum ShownParts
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>The link id.</summary>
    LinkId = 1,

    /// <summary>The probability.</summary>
    Probability = 2,

    /// <summary>The levels of agreement.</summary>
    Levels = 4,
}
