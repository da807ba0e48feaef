namespace Linkage.Sidecar.Hosting;

/// <summary>What <c>GET /health</c> says.</summary>
/// <param name="Status">Always <c>ok</c>: a process that cannot answer says nothing.</param>
/// <param name="Version">The product's version.</param>
internal sealed record HealthAnswer(string Status, string Version);
