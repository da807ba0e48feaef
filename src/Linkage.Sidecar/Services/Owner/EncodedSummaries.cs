using Linkage.Bloom.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Puts the header of an encoded file into the contract's words.</summary>
internal static class EncodedSummaries
{
    /// <summary>What a file is, in numbers.</summary>
    public static EncodedFileSummary Summarize(
        EncodedFileHeader header, string fileName, string mapName, long size, ReadOnlySpan<byte> sha256)
    {
        EncodedFileSummary summary = new()
        {
            FileName = fileName,
            MapFileName = mapName,
            Size = size,
            Sha256 = Convert.ToHexStringLower(sha256),
            RecordCount = header.RecordCount,
            UnusableRecords = header.UnusableRecords,
        };
        for (int i = 0; i < header.Fields.Count; i++)
        {
            summary.Missing.Add(new FieldMissing
            {
                Field = header.Schema.Fields[i].Name,
                Records = header.RecordCount - header.Fields[i].Present,
                InvalidDates = header.Fields[i].InvalidDates,
            });
        }

        for (int i = 0; i < header.Passes.Count; i++)
        {
            PassCounts counts = header.Passes[i];
            summary.Passes.Add(new PassSummary
            {
                Pass = header.Schema.Passes[i].Name,
                Records = counts.Rows,
                RecordsWithoutKey = counts.WithoutKey,
                DroppedBlocks = counts.DroppedBlocks,
                DroppedRecords = counts.DroppedRecords,
                LargestBlock = counts.LargestBlock,
            });
        }

        return summary;
    }

    /// <summary>What the header says of key, schema and owner.</summary>
    public static EncodingFacts FactsOf(EncodedFileHeader header) => new()
    {
        KeyProject = header.Project,
        KeyId = header.KeyId,
        Epoch = header.Epoch,
        CheckValue = header.CheckValue,
        EncodingFingerprint = header.Schema.EncodingFingerprint,
        Party = header.Party,
        RecordCount = header.RecordCount,
    };
}
