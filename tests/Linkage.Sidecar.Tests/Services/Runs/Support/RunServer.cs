using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Microsoft.AspNetCore.Builder;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>A server with the runs of a bench behind the gate; who calls is said by a header.</summary>
internal sealed class RunServer : BenchServer
{
    private RunServer(WebApplication app)
        : base(app)
    {
        Client = new V1.LinkageService.LinkageServiceClient(Channel);
    }

    public V1.LinkageService.LinkageServiceClient Client { get; }

    public static async Task<RunServer> StartAsync(RunBench bench) => new(await RunAsync(
        bench,
        services => services.AddAgreements(new AgreementOptions()).AddRuns(bench.Folder),
        app => app.MapGrpcService<LinkageService>()));

    /// <summary>Says who calls.</summary>
    public static CallOptions As(CallerRoles role, string name) => Named(role, name);

    public static CallOptions AsAnalyst() => As(CallerRoles.Analyst, RunBench.Analyst);

    public static CallOptions AsParty(string party) => As(CallerRoles.Party, party);

    public static async Task<StatusCode> RefusedAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using AsyncServerStreamingCall<T> owned = call;
        return (await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode;
    }

    public static async Task<List<T>> ReadAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using AsyncServerStreamingCall<T> owned = call;
        return await RunBench.ListAsync(call.ResponseStream.ReadAllAsync());
    }
}
