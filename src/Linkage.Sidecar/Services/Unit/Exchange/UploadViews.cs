using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Contract = Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Stored uploads as messages.</summary>
internal static class UploadViews
{
    /// <summary>An upload as its party sees it.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="file">The file it became; null before.</param>
    /// <param name="expiry">How long an open upload is kept of which nothing comes.</param>
    public static Contract.Upload Of(Upload upload, Segment? file, TimeSpan expiry)
    {
        Contract.Upload view = new()
        {
            Id = upload.Id,
            ProjectId = upload.ProjectId,
            Party = upload.Party,
            State = upload.State switch
            {
                UploadState.Receiving => Contract.UploadState.Open,
                UploadState.Complete => Contract.UploadState.Complete,
                UploadState.Expired => Contract.UploadState.Expired,
                _ => Contract.UploadState.Discarded,
            },
            Size = upload.Plan.Length,
            Sha256 = Convert.ToHexStringLower(upload.Plan.Sha256.Span),
            ChunkSize = upload.Plan.ChunkLength,
            Facts = ReadFacts(upload.Plan.Facts),
            CreateTime = Timestamp.FromDateTimeOffset(upload.CreatedAt),
            CompleteTime = file is null ? null : Timestamp.FromDateTimeOffset(file.CreatedAt),
            ExpireTime = upload.State == UploadState.Receiving
                ? Timestamp.FromDateTimeOffset(upload.TouchedAt + expiry)
                : null,
        };
        view.Acknowledged.AddRange(Of(upload.Acknowledged));
        return view;
    }

    /// <summary>Ranges of a file.</summary>
    public static IEnumerable<Contract.ByteRange> Of(ByteRanges ranges) =>
        ranges.Ranges.Select(range => new Contract.ByteRange { Start = range.Start, End = range.End });

    /// <summary>What a header says, as it is stored.</summary>
    public static string WriteFacts(Contract.EncodingFacts facts) => JsonFormatter.Default.Format(facts);

    /// <summary>What a header was said to say.</summary>
    public static Contract.EncodingFacts ReadFacts(string text) =>
        text.Length == 0 ? new Contract.EncodingFacts() : Contract.EncodingFacts.Parser.ParseJson(text);

    /// <summary>What a header says.</summary>
    public static Contract.EncodingFacts FactsOf(EncodedFileHeader header) => new()
    {
        KeyProject = header.Project,
        KeyId = header.KeyId,
        Epoch = header.Epoch,
        CheckValue = header.CheckValue,
        EncodingFingerprint = header.Schema.EncodingFingerprint,
        Party = header.Party,
        RecordCount = header.RecordCount,
    };

    /// <summary>A file in numbers, as its header has them.</summary>
    public static Contract.EncodedFileSummary Summarize(Upload upload, EncodedFileHeader header)
    {
        Contract.EncodedFileSummary summary = new()
        {
            Size = upload.Plan.Length,
            Sha256 = Convert.ToHexStringLower(upload.Plan.Sha256.Span),
            RecordCount = header.RecordCount,
            UnusableRecords = header.UnusableRecords,
            UploadId = upload.Id,
        };
        summary.Missing.AddRange(header.Schema.Fields.Zip(
            header.Fields,
            (field, counts) => new Contract.FieldMissing
            {
                Field = field.Name,
                Records = header.RecordCount - counts.Present,
                InvalidDates = counts.InvalidDates,
            }));
        summary.Passes.AddRange(header.Schema.Passes.Zip(
            header.Passes,
            (pass, counts) => new Contract.PassSummary
            {
                Pass = pass.Name,
                Records = counts.Rows,
                RecordsWithoutKey = counts.WithoutKey,
                DroppedBlocks = counts.DroppedBlocks,
                DroppedRecords = counts.DroppedRecords,
                LargestBlock = counts.LargestBlock,
            }));
        return summary;
    }
}
