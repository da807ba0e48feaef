namespace Linkage.Cli;

/// <summary>A request that is well formed and not allowed, such as encoding a column of true answers.</summary>
/// <param name="message">What is not allowed, without any cell's value.</param>
internal sealed class PolicyException(string message) : Exception(message);
