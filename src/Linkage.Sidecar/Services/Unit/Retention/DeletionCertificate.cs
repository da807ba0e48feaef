using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>What a unit says of a deletion it has carried out.</summary>
/// <param name="Format">Name and version of the format.</param>
/// <param name="Unit">The version of the software that carried it out.</param>
/// <param name="IssuedAt">When files, keys and rows were gone.</param>
/// <param name="FileCount">How many files.</param>
/// <param name="ByteCount">Bytes of all of them, before encryption.</param>
/// <param name="KeysWiped">How many of the files were encrypted, so that wiping their keys erased them.</param>
/// <param name="Deletion">What, when, why.</param>
internal sealed record DeletionCertificate(
    string Format,
    string Unit,
    DateTimeOffset IssuedAt,
    int FileCount,
    long ByteCount,
    int KeysWiped,
    Deletion Deletion)
{
    /// <summary>The one format there is.</summary>
    public const string CurrentFormat = "linkage-deletion-certificate/1";
}
