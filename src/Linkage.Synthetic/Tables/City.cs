namespace Linkage.Synthetic.Tables;

/// <summary>A city with its ZIP prefix and its telephone area codes.</summary>
internal sealed record City(string Name, string State, string ZipPrefix, string[] AreaCodes)
{
    /// <summary>The name of the type; no value of the record.</summary>
    public override string ToString() => nameof(City);
}
