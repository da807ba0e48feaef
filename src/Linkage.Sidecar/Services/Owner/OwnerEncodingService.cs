using Grpc.Core;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The owner's side of the contract: from plaintext records to an encoded file.</summary>
/// <remarks>Thin: who calls is known before, what is done is done by the parts. Thread-safe.</remarks>
internal sealed class OwnerEncodingService : EncodingService.EncodingServiceBase
{
    private readonly OwnerParts _parts;

    /// <summary>Makes the service of one call or of all.</summary>
    public OwnerEncodingService(OwnerParts parts)
    {
        _parts = parts;
    }

    /// <inheritdoc/>
    public override Task<ListSchemasResponse> ListSchemas(ListSchemasRequest request, ServerCallContext context) =>
        Task.FromResult(_parts.Schemas.List(request));

    /// <inheritdoc/>
    public override Task<GetSchemaResponse> GetSchema(GetSchemaRequest request, ServerCallContext context) =>
        Task.FromResult(_parts.Schemas.Get(request));

    /// <inheritdoc/>
    public override Task<EncodeResponse> Encode(
        IAsyncStreamReader<EncodeRequest> requestStream, ServerCallContext context) =>
        _parts.Encoding.EncodeAsync(_parts.CallerOf(context), requestStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task EncodeStream(
        IAsyncStreamReader<EncodeStreamRequest> requestStream,
        IServerStreamWriter<EncodeStreamResponse> responseStream,
        ServerCallContext context) =>
        _parts.Encoding.EncodeStreamAsync(
            _parts.CallerOf(context), requestStream, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task UploadEncoded(
        UploadEncodedRequest request,
        IServerStreamWriter<UploadEncodedResponse> responseStream,
        ServerCallContext context) =>
        _parts.Uploads.UploadAsync(_parts.CallerOf(context), request, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<StartKeyCheckResponse> StartKeyCheck(
        StartKeyCheckRequest request, ServerCallContext context) => Task.FromResult(_parts.Checks.Start(request));

    /// <inheritdoc/>
    public override Task<AnswerKeyCheckResponse> AnswerKeyCheck(
        AnswerKeyCheckRequest request, ServerCallContext context) => Task.FromResult(_parts.Checks.Answer(request));

    /// <inheritdoc/>
    public override Task<FinishKeyCheckResponse> FinishKeyCheck(
        FinishKeyCheckRequest request, ServerCallContext context) => Task.FromResult(_parts.Checks.Finish(request));

    /// <inheritdoc/>
    public override Task Resolve(
        IAsyncStreamReader<ResolveRequest> requestStream,
        IServerStreamWriter<ResolveResponse> responseStream,
        ServerCallContext context) =>
        _parts.Links.ResolveAsync(requestStream, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<FindClientResponse> FindClient(FindClientRequest request, ServerCallContext context) =>
        _parts.Lookups.FindAsync(request, context.Deadline, context.CancellationToken);
}
