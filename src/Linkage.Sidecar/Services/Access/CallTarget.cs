using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Access;

/// <summary>What a call is about, checked: the caller may make it, here and now.</summary>
/// <param name="Project">The project.</param>
/// <param name="Upload">The upload; null if the call names none.</param>
/// <param name="Run">The run; null if the call names none.</param>
/// <param name="IsPartOf">False for a party that has withdrawn: it reads name and state, nothing else.</param>
/// <param name="IsRepeated">
/// True for a call that was carried out before and asks for its answer again; the project may have moved on since.
/// </param>
internal sealed record CallTarget(Project Project, Upload? Upload, Run? Run, bool IsPartOf, bool IsRepeated = false);
