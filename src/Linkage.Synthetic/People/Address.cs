using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.People;

/// <summary>A dwelling. Names in title case; the unit is empty for a house.</summary>
internal sealed record Address(int Number, string Street, StreetType Type, string Unit, City City, string Zip)
{
    /// <summary>The name of the type; no value of the record.</summary>
    public override string ToString() => nameof(Address);
}
