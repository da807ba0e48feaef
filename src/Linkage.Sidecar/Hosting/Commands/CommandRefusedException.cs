namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>A request that is well formed and not allowed, such as to overwrite a key.</summary>
/// <param name="message">What is not allowed, without any secret.</param>
internal sealed class CommandRefusedException(string message) : Exception(message);
