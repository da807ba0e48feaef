namespace Grpc.Core;

/// <summary>Wishes of a writer about one message.</summary>
[Flags]
internal enum WriteFlags
{
    /// <summary>The message may wait in a buffer for the next one.</summary>
    BufferHint = 1,

    /// <summary>The message is sent uncompressed even if the call is compressed.</summary>
    NoCompress = 2,
}
