namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>What can be done to a request.</summary>
internal enum FuzzMutation
{
    FlipBits,
    CutMessage,
    GrowMessage,
    InvalidUtf8,
    DeepNesting,
    OddJson,
    RepeatMessage,
    ReverseMessages,
    NoMessage,
    LengthLies,
    UnknownFlag,
    CompressedUnnamed,
    Compressed,
    CompressedBadly,
    GzipBomb,
    CutBody,
    ExtraBytes,
    Reset,
    ContentType,
    Timeout,
    Encoding,
    Credential,
    OddHeader,
    Path,
    Verb,
}
