using Linkage.Core.Lookup;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>A record that was found, and its entity.</summary>
/// <param name="Match">The record.</param>
/// <param name="LinkId">The link id of its entity.</param>
internal readonly record struct LiveMatch(LookupMatch Match, string LinkId);
