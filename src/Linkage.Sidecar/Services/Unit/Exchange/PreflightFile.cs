using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>An upload, opened.</summary>
/// <param name="UploadId">Its id.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="File">The file.</param>
internal sealed record PreflightFile(string UploadId, string Party, EncodedFile File);
