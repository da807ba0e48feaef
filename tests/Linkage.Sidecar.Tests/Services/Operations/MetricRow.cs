namespace Linkage.Sidecar.Tests.Services.Operations;

/// <summary>A row of the table of figures.</summary>
/// <param name="Name">As Prometheus has it.</param>
/// <param name="Source">As OpenTelemetry has it.</param>
/// <param name="Labels">As Prometheus has them, in the order of the text.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record MetricRow(string Name, string Source, IReadOnlyList<string> Labels, string Meaning);
