namespace Linkage.Synthetic.Agencies;

/// <summary>What an agency keeps of a middle name.</summary>
internal enum MiddleNameStyle
{
    Full,
    Initial,
    None,
}
