using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Storage;

/// <summary>Why files were deleted. The words are part of certificates and never change their meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeletionReason>))]
internal enum DeletionReason
{
    /// <summary>The project was deleted on demand.</summary>
    [JsonStringEnumMemberName("project-deleted")]
    ProjectDeleted = 0,

    /// <summary>A party withdrew: its files, and all results.</summary>
    [JsonStringEnumMemberName("party-withdrawn")]
    PartyWithdrawn = 1,

    /// <summary>An upload was taken back.</summary>
    [JsonStringEnumMemberName("upload-removed")]
    UploadRemoved = 2,

    /// <summary>Encodings were kept as long as they may be.</summary>
    [JsonStringEnumMemberName("encodings-expired")]
    EncodingsExpired = 3,

    /// <summary>Results were kept as long as they may be.</summary>
    [JsonStringEnumMemberName("results-expired")]
    ResultsExpired = 4,

    /// <summary>A party removed records: the files that had them gave way to files without them.</summary>
    [JsonStringEnumMemberName("records-removed")]
    RecordsRemoved = 5,
}
