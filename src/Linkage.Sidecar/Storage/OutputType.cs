namespace Linkage.Sidecar.Storage;

/// <summary>
/// What the parties have agreed to let out of a run. The numbers are stored and never change their meaning; zero is
/// the type that tells least.
/// </summary>
internal enum OutputType
{
    /// <summary>Counts only, small cells suppressed.</summary>
    Counts = 0,

    /// <summary>To every party a permutation of its rows and a mask of the linked ones.</summary>
    PermutationAndMask = 1,

    /// <summary>To every party the random link ids of its own records.</summary>
    LinkIds = 2,

    /// <summary>Groups of records over all parties, for an analyst.</summary>
    Groups = 3,
}
