using System.IO.Pipelines;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Reads of a pipe that can be given up and leave it as it was.</summary>
internal static class CancelableReads
{
    /// <summary>Reads until so many bytes are there, or no more come.</summary>
    /// <remarks>
    /// The token does not go to the pipe. A read of an HTTP/1.1 body that ends by a token counts as under way ever
    /// after: the server cannot drain the body, logs an error and closes the connection. One that is asked to stop
    /// gives what there is, and is ended like any other.
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was given up; all bytes are still in the pipe.</exception>
    public static async ValueTask<ReadResult> ReadWhileWantedAsync(
        this PipeReader pipe, int least, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await using CancellationTokenRegistration stops = cancel.UnsafeRegister(
            static state => Stop((PipeReader)state!), pipe);
        ReadResult result = await pipe.ReadAtLeastAsync(least, CancellationToken.None);
        if (!result.IsCanceled)
        {
            return result;
        }

        pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        throw new OperationCanceledException(cancel);
    }

    private static void Stop(PipeReader pipe)
    {
        try
        {
            pipe.CancelPendingRead();
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException)
        {
            // Of a body that has broken off nothing is asked any more: its read ends by itself, with this exception.
        }
    }
}
