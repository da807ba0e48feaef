namespace Linkage.Core.Estimation;

/// <summary>Two comparisons that agree or differ together more than each alone would have it.</summary>
/// <param name="First">Name of one field or group.</param>
/// <param name="Second">Name of another.</param>
public sealed record FieldInteraction(string First, string Second);
