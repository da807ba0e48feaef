namespace Linkage.Sidecar.Identity;

/// <summary>Decides whether a caller may make a call; what it does not know it denies.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="rpc">The full name of the rpc, "package.Service/Method".</param>
/// <param name="projectState">The state of the project that is meant; null where none is.</param>
/// <param name="projectParty">The party whose data are meant; null where none is.</param>
internal delegate AccessDecision AccessCheck(Caller caller, string rpc, string? projectState, string? projectParty);
