namespace Linkage.Sidecar.Services.Owner;

/// <summary>What a record is encoded with, by the names of files in the server's directories.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Key">The key.</param>
/// <param name="Party">The party whose record it is.</param>
/// <param name="Columns">The columns file; empty if records name the schema's fields.</param>
internal readonly record struct LookupMaterial(string Schema, string Key, string Party, string Columns);
