using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Takes a stream of chunks of one upload.</summary>
internal static class ChunkReceiver
{
    /// <summary>Writes and acknowledges all that comes.</summary>
    /// <remarks>
    /// If the stream ends badly, what came before and was sound is still acknowledged, so that it need not be sent
    /// again.
    /// </remarks>
    /// <param name="session">The upload, opened for chunks.</param>
    /// <param name="uploadId">The upload's id.</param>
    /// <param name="chunks">The stream, standing on its first message.</param>
    /// <param name="cancellation">Ends the wait for the next chunk.</param>
    /// <returns>All that is acknowledged.</returns>
    /// <exception cref="RpcException">A chunk is damaged, or not of this upload.</exception>
    /// <exception cref="StoreRefusedException">
    /// A chunk is out of place, or differs from the one acknowledged.
    /// </exception>
    public static async Task<ByteRanges> ReceiveAsync(
        UploadSession session,
        string uploadId,
        IAsyncStreamReader<UploadChunkRequest> chunks,
        CancellationToken cancellation)
    {
        try
        {
            do
            {
                UploadChunkRequest chunk = chunks.Current;
                if (chunk.UploadId.Length > 0 && chunk.UploadId != uploadId)
                {
                    throw Refusals.BadField("upload_id", "Not that of the first message.");
                }

                ChunkChecksum.Require(chunk);
                if (await session.WriteAsync(chunk.Offset, chunk.Data.Memory, cancellation))
                {
                    await session.AcknowledgeAsync(cancellation);
                }
            }
            while (await chunks.MoveNext(cancellation));
        }
        finally
        {
            if (!session.IsClosed)
            {
                await session.AcknowledgeAsync(CancellationToken.None);
            }
        }

        return session.Acknowledged;
    }
}
