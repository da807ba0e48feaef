namespace Linkage.Sidecar.Storage;

/// <summary>Which projects are listed.</summary>
/// <param name="Party">Only those this party takes part in, or took part in when they were deleted; null for
/// all.</param>
/// <param name="Creator">Only those this analyst made; null for all.</param>
/// <param name="WithDeleted">Whether what remains of deleted ones is listed, too.</param>
internal sealed record ProjectFilter(string? Party, string? Creator, bool WithDeleted);
