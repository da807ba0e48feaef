namespace Linkage.Synthetic.Tables;

/// <summary>A kind of street, written out and shortened.</summary>
internal sealed record StreetType(string Full, string Short);
