using Grpc.Core;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Finds out who makes a call; nobody known is <see cref="Caller.Anonymous"/>.</summary>
internal delegate Caller CallerLookup(ServerCallContext context);
