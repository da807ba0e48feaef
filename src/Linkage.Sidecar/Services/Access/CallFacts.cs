using Grpc.Core;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Services.Access;

/// <summary>What the gate has found out about a call and hands to its service.</summary>
internal static class CallFacts
{
    /// <summary>Key of the <see cref="Caller"/>.</summary>
    public const string CallerKey = "linkage.caller";

    /// <summary>Key of the <see cref="CallTarget"/>.</summary>
    public const string TargetKey = "linkage.target";

    /// <summary>Who calls; nobody if no gate has let the call in.</summary>
    public static Caller CallerOf(ServerCallContext context) =>
        context.UserState.TryGetValue(CallerKey, out object? caller) ? (Caller)caller : Caller.Anonymous;

    /// <summary>What the call is about. For a client stream it is known once the first message was read.</summary>
    /// <exception cref="InvalidOperationException">No gate has let the call in.</exception>
    public static CallTarget TargetOf(ServerCallContext context) =>
        context.UserState.TryGetValue(TargetKey, out object? target)
            ? (CallTarget)target
            : throw new InvalidOperationException("The call has not passed the gate.");
}
