namespace Linkage.Synthetic.People;

/// <summary>The place of a person in a household.</summary>
internal enum MemberRole
{
    Head,
    Spouse,
    Child,

    /// <summary>Born on the day of the child before.</summary>
    Twin,

    /// <summary>A child of one partner from before, with a name of its own.</summary>
    StepChild,
    Grandparent,
    Housemate,
}
