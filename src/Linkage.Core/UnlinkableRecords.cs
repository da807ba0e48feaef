namespace Linkage.Core;

/// <summary>Records of a party that cannot be linked, whatever the other files hold.</summary>
/// <param name="Party">The party.</param>
/// <param name="Records">All its records.</param>
/// <param name="InNoPass">Records that are in no pass, so that they are compared with nobody.</param>
/// <param name="TooLittle">
/// Records in a pass that would not reach the match threshold against an exact copy of themselves: what is present
/// says too little.
/// </param>
public sealed record UnlinkableRecords(string Party, int Records, int InNoPass, int TooLittle);
