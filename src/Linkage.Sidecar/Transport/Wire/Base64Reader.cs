using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The bytes of a base64 text that arrives in pieces; each group of four letters may be padded, since every
/// frame may be encoded by itself.</summary>
internal sealed class Base64Reader(PipeReader source) : OneWayStream
{
    private const int Group = 4;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadResult result = await source.ReadWhileWantedAsync(Group, cancellationToken);
        int written = Decode(result.Buffer, buffer.Span, out SequencePosition consumed, out bool isWrong);
        bool isTorn = result.IsCompleted && written == 0 && !result.Buffer.IsEmpty;
        source.AdvanceTo(consumed);
        return isWrong || isTorn
            ? throw new RpcException(new Status(StatusCode.Internal, "The request is not valid base64."))
            : written;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private static int Decode(
        ReadOnlySequence<byte> text, Span<byte> target, out SequencePosition consumed, out bool isWrong)
    {
        SequenceReader<byte> reader = new(text);
        Span<byte> group = stackalloc byte[Group];
        int written = 0;
        isWrong = false;
        while (!isWrong && target.Length - written >= Group - 1 && reader.TryCopyTo(group))
        {
            reader.Advance(Group);
            // Four blanks are valid for the decoder, but nothing would look like the end of the body.
            isWrong = Base64.DecodeFromUtf8(group, target[written..], out _, out int bytes) != OperationStatus.Done
                || bytes == 0;
            written += bytes;
        }

        consumed = reader.Position;
        return written;
    }
}
