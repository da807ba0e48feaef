namespace Linkage.Sidecar.Agreements;

/// <summary>How long what is kept is kept, in ISO 8601 numbers of days such as <c>P365D</c>.</summary>
/// <param name="Encodings">Encoded files and added records, from their arrival.</param>
/// <param name="Results">Results of runs, from the end of the run.</param>
internal sealed record AgreementRetention(string Encodings, string Results);
