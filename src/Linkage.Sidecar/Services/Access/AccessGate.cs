using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Linkage.Sidecar.Identity;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Stands before every service: who calls, whether it may, and on what; deny by default.</summary>
/// <remarks>
/// Services find what was checked by <see cref="CallFacts"/> and never ask again who calls. Whatever fails in a call
/// leaves here as an error of the contract.
/// </remarks>
internal sealed class AccessGate : Interceptor
{
    private static readonly string[] OpenPrefixes =
        [.. AccessTable.OpenServices.Select(service => $"/{service}/")];

    private readonly AccessPolicy _policy;
    private readonly CallerLimiter _limiter;
    private readonly CallerLookup _lookup;
    private readonly ILogger _logger;

    /// <summary>Makes a gate; safe to use from several threads.</summary>
    public AccessGate(AccessPolicy policy, CallerLimiter limiter, CallerLookup lookup, ILogger<AccessGate> logger)
    {
        _policy = policy;
        _limiter = limiter;
        _lookup = lookup;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(
            context,
            admit =>
            {
                admit(request);
                return continuation(request, context);
            });

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(context, admit => continuation(new CheckedStream<TRequest>(requestStream, admit), context));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(
            context,
            async admit =>
            {
                admit(request);
                await continuation(request, responseStream, context);
                return true;
            });

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(
            context,
            async admit =>
            {
                await continuation(new CheckedStream<TRequest>(requestStream, admit), responseStream, context);
                return true;
            });

    private static bool IsOpen(string method) =>
        Array.Exists(OpenPrefixes, prefix => method.StartsWith(prefix, StringComparison.Ordinal));

    private async Task<T> PassAsync<T>(ServerCallContext context, Func<Action<object>, Task<T>> call)
    {
        if (IsOpen(context.Method))
        {
            return await call(_ => { });
        }

        try
        {
            Caller caller = _lookup(context);
            using IDisposable slot = _limiter.TryEnter(caller) ?? throw TooMany();
            AccessRow row = AccessPolicy.RequireRole(context.Method, caller);
            context.UserState[CallFacts.CallerKey] = caller;
            return await call(request => Admit(row, caller, (IMessage)request, context));
        }
        catch (Exception failure) when (IsUnforeseen(failure))
        {
            if (!StoreRefusals.IsAnswer(failure))
            {
                _logger.CallFailed(context.Method, failure.GetType().Name);
            }

            throw StoreRefusals.ToRpc(failure);
        }
    }

    private static bool IsUnforeseen(Exception failure) => failure is not (RpcException or OperationCanceledException);

    private static RpcException TooMany()
    {
        Google.Rpc.QuotaFailure quota = new();
        quota.Violations.Add(new Google.Rpc.QuotaFailure.Types.Violation
        {
            Subject = "caller",
            Description = "Calls a second, or calls at the same time.",
        });
        return Refusals.Of(ErrorReason.LimitReached, "The caller makes too many calls.", quota);
    }

    private void Admit(AccessRow row, Caller caller, IMessage request, ServerCallContext context)
    {
        if (_policy.RequireTarget(row, caller, request) is { } target)
        {
            context.UserState[CallFacts.TargetKey] = target;
        }
    }
}
