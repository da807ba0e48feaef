namespace Linkage.Sidecar.Storage;

/// <summary>One linkage of the files of a project: a durable job.</summary>
/// <param name="Id">Random; 32 hex digits.</param>
/// <param name="ProjectId">The project it belongs to.</param>
/// <param name="IdempotencyKey">The key it was started with.</param>
/// <param name="Options">The options as JSON.</param>
/// <param name="Latest">Its state and progress now.</param>
/// <param name="Attempt">How often a worker has claimed it; a worker of an earlier attempt is refused.</param>
/// <param name="Failure">Why it failed, without any value of a record; null unless it did.</param>
/// <param name="CreatedAt">When it was started.</param>
internal sealed record Run(
    string Id,
    string ProjectId,
    string IdempotencyKey,
    string Options,
    RunEvent Latest,
    int Attempt,
    string? Failure,
    DateTimeOffset CreatedAt);
