using Linkage.Bloom.Agreement;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>What an encoded file says of itself; nothing of it is secret.</summary>
public sealed record EncodedFileHeader
{
    /// <summary>The format's name, before its version.</summary>
    internal const string FormatName = "linkage-encoding/";

    /// <summary>The schema the file was made by.</summary>
    public required LinkageSchema Schema { get; init; }

    /// <summary>Name of the project whose key was used.</summary>
    public required string Project { get; init; }

    /// <summary>The key's random name.</summary>
    public required string KeyId { get; init; }

    /// <summary>The key's generation.</summary>
    public required int Epoch { get; init; }

    /// <summary>Equal in two files exactly when root and schema are; 32 hex digits.</summary>
    public required string CheckValue { get; init; }

    /// <summary>Name of the party whose records these are.</summary>
    public required string Party { get; init; }

    /// <summary>Version of the library that wrote the file.</summary>
    public required string Software { get; init; }

    /// <summary>Number of records.</summary>
    public required int RecordCount { get; init; }

    /// <summary>Records without one usable field; they are listed but take part in no pass.</summary>
    public required int UnusableRecords { get; init; }

    /// <summary>Counts of every field, in schema order.</summary>
    public required IReadOnlyList<FieldCounts> Fields { get; init; }

    /// <summary>Counts of every pass, in schema order.</summary>
    public required IReadOnlyList<PassCounts> Passes { get; init; }

    /// <summary>
    /// How far records of different persons agree by chance; null in a file of format version 1, which does not say.
    /// </summary>
    public AgreementTable? Agreement { get; init; }
}
