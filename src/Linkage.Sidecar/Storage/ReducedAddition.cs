namespace Linkage.Sidecar.Storage;

/// <summary>Records that go out of a file of added records.</summary>
/// <param name="Id">The file's number.</param>
/// <param name="Handles">The records.</param>
internal sealed record ReducedAddition(long Id, IReadOnlyList<string> Handles);
