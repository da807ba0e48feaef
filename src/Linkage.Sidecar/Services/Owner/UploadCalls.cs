using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Sends files of the output directory to a unit.</summary>
internal sealed class UploadCalls(OwnerFiles files, UnitUploader uploader)
{
    private readonly Receipts _receipts = new(files.Output);

    /// <summary>Sends a file, and says how far it is; a repeated call goes on where the one before stopped.</summary>
    public async Task UploadAsync(
        string caller,
        UploadEncodedRequest request,
        IServerStreamWriter<UploadEncodedResponse> answers,
        CancellationToken cancellation)
    {
        EncodeOrder.CheckIdempotencyKey(request.IdempotencyKey, "idempotency_key");
        uploader.CheckTarget(request.Unit, "unit");
        byte[] digest = SHA256.HashData(request.ToByteArray());
        string path = files.NewEncoded(request.FileName, "file_name");
        if (_receipts.Find(UploadEncodedResponse.Parser, caller, request.IdempotencyKey, digest) is { } earlier
            && !File.Exists(path))
        {
            await answers.WriteAsync(earlier, cancellation);
            return;
        }

        path = files.Encoded(request.FileName, "file_name");
        CheckMap(path);
        UploadEncodedResponse last = new();
        await uploader.SendAsync(
            path,
            request.Unit,
            request.IdempotencyKey,
            async progress =>
            {
                last = progress;
                await answers.WriteAsync(progress, cancellation);
            },
            cancellation);
        last = new UploadEncodedResponse(last) { AcknowledgedBytes = last.TotalBytes, Complete = true };
        if (!request.KeepFile)
        {
            _receipts.Save(last, caller, request.IdempotencyKey, digest);
            File.Delete(path);
        }

        await answers.WriteAsync(last, cancellation);
    }

    // Link ids for a file that no map is of could never be brought back to its records. A file without a map beside it
    // was encoded elsewhere, and its map stays there.
    private static void CheckMap(string path)
    {
        string map = OwnerFiles.MapOf(path);
        try
        {
            if (File.Exists(map) && !SourceMap.IsOf(map, path))
            {
                throw OwnerError.Unusable("encoded file", "the map beside it is of another encoding; encode it again");
            }
        }
        catch (FormatException)
        {
            throw OwnerError.Unusable("encoded file", "it is damaged, or none");
        }
        catch (Exception fault) when (OwnerIo.IsFault(fault))
        {
            throw OwnerIo.ErrorOf(fault);
        }
    }
}
