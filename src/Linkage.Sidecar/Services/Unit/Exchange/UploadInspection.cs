using System.Globalization;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.V1;
using Upload = Linkage.Sidecar.Storage.Upload;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Reads an uploaded file whole and holds it against what was announced and agreed.</summary>
internal static class UploadInspection
{
    /// <summary>The header of a file that may stay.</summary>
    /// <param name="stored">The file.</param>
    /// <param name="upload">What was announced.</param>
    /// <param name="terms">The terms in force.</param>
    /// <exception cref="RpcException">It is malformed, or of another schema, key or party.</exception>
    public static EncodedFileHeader Inspect(StoredFile stored, Upload upload, ProjectTerms terms)
    {
        EncodedFileHeader header = InspectKept(stored, upload, terms);
        return UploadViews.FactsOf(header).Equals(UploadViews.ReadFacts(upload.Plan.Facts))
            ? header
            : throw Refusals.Unmet(
                ErrorReason.PartyDiffers, "file", "The file's header is not what was announced.");
    }

    /// <summary>The header of a file that was inspected when it came; its party may have removed records since.</summary>
    /// <param name="stored">The file.</param>
    /// <param name="upload">The upload it came by.</param>
    /// <param name="terms">The terms in force.</param>
    /// <exception cref="RpcException">It is malformed, or of another schema, key or party.</exception>
    public static EncodedFileHeader InspectKept(StoredFile stored, Upload upload, ProjectTerms terms)
    {
        EncodedFileHeader header = ReadHeader(stored);
        FileFacts.Require(UploadViews.FactsOf(header), terms, upload.Party);
        return header;
    }

    // The reader's own message names the path, which is nobody's business.
    private static EncodedFileHeader ReadHeader(StoredFile stored)
    {
        try
        {
            return stored.VerifyEncoded();
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
