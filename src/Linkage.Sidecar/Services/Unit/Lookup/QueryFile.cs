using System.Globalization;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Encoded records as they come with a call: verified, and of the terms.</summary>
internal static class QueryFile
{
    /// <summary>The most bytes of one record's file; one has some ten thousand, most of them its schema.</summary>
    public const int MostBytesOfOne = 256 << 10;

    /// <summary>The most records of a file.</summary>
    public const int MostRecords = 1000;

    /// <summary>Reads a file whole and holds it against the terms.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="field">The field of the request.</param>
    /// <param name="terms">The terms in force.</param>
    /// <param name="party">The party that calls.</param>
    /// <param name="mostRecords">1 where exactly one record is wanted.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="Grpc.Core.RpcException">
    /// It is malformed, too large, or of another schema, key or party.
    /// </exception>
    public static EncodedFile Read(
        ReadOnlySpan<byte> content, string field, ProjectTerms terms, string party, int mostRecords)
    {
        if (content.IsEmpty || (mostRecords == 1 && content.Length > MostBytesOfOne))
        {
            throw Refusals.BadField(field, "An encoded file of one record, up to 256 KiB.");
        }

        EncodedFile? file = Parse(content);
        try
        {
            FileFacts.Require(UploadViews.FactsOf(file.Header), terms, party);
            int count = file.Merge.RecordCount;
            if (count < 1 || count > mostRecords)
            {
                throw Refusals.BadField(
                    field,
                    mostRecords == 1 ? "An encoded file of one record." : "An encoded file of 1 to 1,000 records.");
            }

            EncodedFile sound = file;
            file = null;
            return sound;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static EncodedFile Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return EncodedFile.Read(content, "request");
        }
        catch (EncodingFormatException malformed)
        {
            string offset = malformed.Offset?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
            throw Refusals.Of(
                ErrorReason.NotAnEncodedFile,
                $"The file is not a well-formed encoded file; noticed at byte {offset}.",
                [("offset", offset)]);
        }
    }
}
