namespace Linkage.Core.Lookup;

/// <summary>A row of a pass section in an index.</summary>
internal readonly record struct IndexedRow(IndexedFile File, int Row);
