namespace Linkage.Synthetic.Agencies;

/// <summary>A row of an agency's file: the household's number, the member's place in it, and which copy.</summary>
internal readonly record struct RosterRow(uint Household, byte Member, byte Copy)
{
    /// <summary>A number of its own for every row of an agency.</summary>
    internal ulong Key => ((ulong)Household << 16) | ((ulong)Member << 8) | Copy;
}
