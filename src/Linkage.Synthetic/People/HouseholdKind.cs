namespace Linkage.Synthetic.People;

/// <summary>The kinds of household the planner knows.</summary>
internal enum HouseholdKind
{
    Single,
    Housemates,
    Couple,
    Family,
    SingleParent,
    Blended,
}
