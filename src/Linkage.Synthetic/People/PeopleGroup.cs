namespace Linkage.Synthetic.People;

/// <summary>The groups of the census, as far as names differ by them. The order is that of the tables.</summary>
internal enum PeopleGroup
{
    White,
    Black,
    Hispanic,
    Asian,
    Native,
    Other,
}
