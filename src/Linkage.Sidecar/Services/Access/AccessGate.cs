using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Telemetry;
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
    private readonly SidecarMetrics? _metrics;
    private readonly AuditDesk? _audit;

    /// <summary>Makes a gate; safe to use from several threads.</summary>
    public AccessGate(
        AccessPolicy policy,
        CallerLimiter limiter,
        CallerLookup lookup,
        ILogger<AccessGate> logger,
        SidecarMetrics? metrics = null,
        AuditDesk? audit = null)
    {
        _policy = policy;
        _limiter = limiter;
        _lookup = lookup;
        _logger = logger;
        _metrics = metrics;
        _audit = audit;
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(
            context,
            isStream: false,
            async admit =>
            {
                admit(request);
                TResponse answer = await continuation(request, context);
                await NoteAsync(context, answer);
                return answer;
            });

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(
            context,
            isStream: true,
            async admit =>
            {
                TResponse answer = await continuation(Checked(requestStream, admit, context), context);
                await NoteAsync(context, answer);
                return answer;
            });

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(
            context,
            isStream: true,
            async admit =>
            {
                admit(request);
                AuditedStream<TResponse> audited = new(responseStream, answer => NoteAsync(context, answer));
                await continuation(request, audited, context);
                await audited.EndAsync();
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
            isStream: true,
            async admit =>
            {
                AuditedStream<TResponse> audited = new(responseStream, answer => NoteAsync(context, answer));
                await continuation(Checked(requestStream, admit, context), audited, context);
                await audited.EndAsync();
                return true;
            });

    private CheckedStream<T> Checked<T>(IAsyncStreamReader<T> stream, Action<object> admit, ServerCallContext context)
        where T : class => new(stream, admit, () => RequireStill(context));

    // A stream may be open for days, and what let its caller in be revoked meanwhile.
    private void RequireStill(ServerCallContext context)
    {
        if (IsOpen(context.Method))
        {
            return;
        }

        Caller first = CallFacts.CallerOf(context);
        Caller now = _lookup(context);
        if ((now.Kind, now.Name, now.Roles) != (first.Kind, first.Name, first.Roles))
        {
            throw Refusals.Of(ErrorReason.NotIdentified, "The caller is not identified any more.");
        }
    }

    private static bool IsOpen(string method) =>
        Array.Exists(OpenPrefixes, prefix => method.StartsWith(prefix, StringComparison.Ordinal));

    private async Task<T> PassAsync<T>(
        ServerCallContext context, bool isStream, Func<Action<object>, Task<T>> call)
    {
        if (IsOpen(context.Method))
        {
            return await call(_ => { });
        }

        bool isLetIn = false;
        PendingAct? act = _audit?.Begin(context);
        try
        {
            Caller caller = _lookup(context);
            context.UserState[CallFacts.CallerKey] = caller;
            using IDisposable slot = _limiter.TryEnter(caller, isStream, out CallerLimit over) ?? throw TooMany(over);
            NoteIdentity(caller, context);
            AccessRow row = AccessPolicy.RequireRole(context.Method, caller);
            await (_audit?.RequireWritableAsync(context.Method) ?? Task.CompletedTask);
            return await call(request =>
            {
                Admit(row, caller, (IMessage)request, context);
                isLetIn = true;
            });
        }
        catch (RpcException refused) when (_audit is not null)
        {
            await _audit.NoteRefusalAsync(context, refused, isLetIn);
            throw;
        }
        catch (Exception failure) when (IsUnforeseen(failure))
        {
            if (!StoreRefusals.IsAnswer(failure))
            {
                _logger.CallFailed(context.Method, failure.GetType().Name);
            }

            NoteLimit(failure);
            RpcException answer = StoreRefusals.ToRpc(failure);
            await (_audit?.NoteRefusalAsync(context, answer, isLetIn) ?? Task.CompletedTask);
            throw answer;
        }
        finally
        {
            await (_audit?.EndAsync(act) ?? Task.CompletedTask);
        }
    }

    // Health and reflection tell nothing of anybody; asked every second, they would fill the log.
    private Task NoteAsync(ServerCallContext context, object? answer) =>
        _audit is null || IsOpen(context.Method)
            ? Task.CompletedTask
            : _audit.NoteAsync(context, answer as IMessage);

    private static bool IsUnforeseen(Exception failure) => failure is not (RpcException or OperationCanceledException);

    private RpcException TooMany(CallerLimit over)
    {
        (LimitWord word, string description) = over switch
        {
            CallerLimit.Rate => (LimitWord.Rate, "Calls a second."),
            CallerLimit.Streams => (LimitWord.Streams, "Streams at the same time."),
            _ => (LimitWord.Calls, "Calls at the same time."),
        };
        _metrics?.LimitRefused(word);
        return Refusals.OverLimit("caller", description, "The caller makes too many calls.");
    }

    private void NoteLimit(Exception failure)
    {
        if (failure is StoreRefusedException { Refusal: StoreRefusal.TooManyUploads or StoreRefusal.TooManyRuns } over)
        {
            _metrics?.LimitRefused(
                over.Refusal == StoreRefusal.TooManyUploads ? LimitWord.Uploads : LimitWord.Runs);
        }
    }

    private void NoteIdentity(Caller caller, ServerCallContext context)
    {
        if (_metrics is { } metrics && AccessPolicy.RoleOf(caller) == AccessRole.Anonymous)
        {
            metrics.IdentityRefused(
                context.RequestHeaders.Get("authorization") is not null ? CredentialWord.Token
                : context.AuthContext.IsPeerAuthenticated ? CredentialWord.Certificate
                : CredentialWord.None);
        }
    }

    private void Admit(AccessRow row, Caller caller, IMessage request, ServerCallContext context)
    {
        if (_policy.RequireTarget(row, caller, request) is { } target)
        {
            context.UserState[CallFacts.TargetKey] = target;
        }
    }
}
