using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Access.Support;

/// <summary>The gate before services that do nothing: whatever passes it ends with UNIMPLEMENTED.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private const string CallerHeader = "test-caller";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(
        (bytes, context) => context.Complete(bytes), context => context.PayloadAsNewBuffer());

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private GateHost(TemporaryFolder folder, UnitStore store, WebApplication app)
    {
        _folder = folder;
        Store = store;
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Urls.First());
    }

    public UnitStore Store { get; }

    public static async Task<GateHost> StartAsync()
    {
        TemporaryFolder folder = new();
        UnitStore store = await UnitStore.OpenAsync(Path.Join(folder.Path, "data"), TimeProvider.System);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(new AccessPolicy(store));
        builder.Services.AddSingleton(new CallerLimiter(1_000_000, 1000, TimeProvider.System));
        builder.Services.AddSingleton<CallerLookup>(CallerIn);
        builder.Services.AddSingleton<AccessGate>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<AccessGate>());
        WebApplication app = builder.Build();
        app.MapGrpcService<IdleProjectService>();
        app.MapGrpcService<IdleExchangeService>();
        app.MapGrpcService<IdleLinkageService>();
        app.MapGrpcService<IdleAdminService>();
        app.MapGrpcService<IdleEncodingService>();
        app.MapGrpcService<IdleAgreementService>();
        app.MapGrpcService<IdleLookupService>();
        app.MapGrpcService<IdleAuditService>();
        return await RunAsync(folder, store, app);
    }

    /// <summary>Makes a call by its full name.</summary>
    public async Task<RpcException> CallAsync(string rpc, Caller caller, IMessage request)
    {
        string[] parts = rpc.Split('/');
        Method<byte[], byte[]> method = new(MethodType.Unary, parts[0], parts[1], Bytes, Bytes);
        CallOptions options = new(new Metadata { { CallerHeader, $"{caller.Roles} {caller.Name}" } });
        using AsyncUnaryCall<byte[]> call =
            _channel.CreateCallInvoker().AsyncUnaryCall(method, host: null, options, request.ToByteArray());
        return await Assert.ThrowsAsync<RpcException>(async () => await call);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Store.Dispose();
        _folder.Dispose();
    }

    private static async Task<GateHost> RunAsync(TemporaryFolder folder, UnitStore store, WebApplication app)
    {
        await app.StartAsync();
        return new GateHost(folder, store, app);
    }

    private static Caller CallerIn(ServerCallContext context)
    {
        string[] parts = context.RequestHeaders.GetValue(CallerHeader)!.Split(' ');
        CallerRoles role = Enum.Parse<CallerRoles>(parts[0]);
        return role == CallerRoles.None ? Caller.Anonymous : new Caller(CallerKind.Token, parts[1], role);
    }

    private sealed class IdleProjectService : V1.ProjectService.ProjectServiceBase;

    private sealed class IdleLinkageService : V1.LinkageService.LinkageServiceBase;

    private sealed class IdleAdminService : V1.AdminService.AdminServiceBase;

    private sealed class IdleEncodingService : V1.EncodingService.EncodingServiceBase;

    private sealed class IdleAgreementService : V1.AgreementService.AgreementServiceBase;

    private sealed class IdleAuditService : V1.AuditService.AuditServiceBase;

    private sealed class IdleLookupService : V1.LookupService.LookupServiceBase
    {
        public override async Task LookupStream(
            IAsyncStreamReader<V1.LookupRequest> requestStream,
            IServerStreamWriter<V1.LookupStreamResponse> responseStream,
            ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            throw new RpcException(new Status(StatusCode.Unimplemented, "Passed."));
        }
    }

    // The gate checks a stream when its first message is read.
    private sealed class IdleExchangeService : V1.ExchangeService.ExchangeServiceBase
    {
        public override async Task<V1.UploadChunkResponse> UploadChunk(
            IAsyncStreamReader<V1.UploadChunkRequest> requestStream, ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            throw new RpcException(new Status(StatusCode.Unimplemented, "Passed."));
        }
    }
}
