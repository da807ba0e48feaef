namespace Linkage.Synthetic.People;

/// <summary>Sex as the given-name tables know it.</summary>
internal enum Sex
{
    Female,
    Male,
}
