namespace Linkage.Sidecar.Telemetry;

/// <summary>An rpc that the process offers; registered as a service, so that figures know its name.</summary>
/// <param name="FullName">"package.Service/Method".</param>
internal sealed record RpcName(string FullName);
