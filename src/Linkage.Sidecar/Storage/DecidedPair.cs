namespace Linkage.Sidecar.Storage;

/// <summary>What a person decided about two records.</summary>
/// <param name="LeftParty">The party of the first, which is the smaller of both by party and handle.</param>
/// <param name="LeftHandle">Its handle: 32 lower-case hex digits.</param>
/// <param name="RightParty">The party of the other.</param>
/// <param name="RightHandle">Its handle.</param>
/// <param name="IsMatch">Whether both are one person.</param>
internal sealed record DecidedPair(
    string LeftParty, string LeftHandle, string RightParty, string RightHandle, bool IsMatch);
