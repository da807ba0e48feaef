namespace Linkage.Sidecar.Storage;

/// <summary>Bytes of a file from <paramref name="Start"/> to just before <paramref name="End"/>.</summary>
internal readonly record struct ByteRange(long Start, long End);
