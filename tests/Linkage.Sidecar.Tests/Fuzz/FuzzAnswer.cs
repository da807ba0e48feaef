namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">Without parameters.</param>
/// <param name="Fields">Headers and trailers.</param>
/// <param name="Body">All of the body, or its beginning.</param>
/// <param name="IsCut">Whether the caller did not wait for the end.</param>
internal sealed record FuzzAnswer(
    int Status, string ContentType, IReadOnlyDictionary<string, string> Fields, byte[] Body, bool IsCut);
