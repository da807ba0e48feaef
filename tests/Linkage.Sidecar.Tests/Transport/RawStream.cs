namespace Linkage.Sidecar.Tests.Transport;

/// <summary>The frames of one stream, in the order in which they came.</summary>
internal sealed record RawStream(List<(byte Type, byte Flags, byte[] Payload)> Frames)
{
    /// <summary>The error code of a reset, or null.</summary>
    public int? ResetCode => Frames.Find(frame => frame.Type == RawHttp2.RstStream) is { Payload: { } payload }
        ? payload[3]
        : null;

    public byte[] Body => [.. Frames.Where(frame => frame.Type == RawHttp2.Data).SelectMany(frame => frame.Payload)];
}
