using Grpc.Core;
using Grpc.Health.V1;
using Linkage.Sidecar.Transport.Server;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Linkage.Sidecar.Transport.Standard;

/// <summary>The health service of gRPC. When the host stops, watchers hear it and their calls end.</summary>
internal sealed class HealthService(HealthStatuses statuses, CallTracker tracker) : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        ServingStatus status = Now(request.Service);
        return status == ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound, "The service is not known."))
            : Task.FromResult(new HealthCheckResponse { Status = status });
    }

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        using CancellationTokenSource end =
            CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, tracker.Stopping);
        try
        {
            await foreach (ServingStatus status in statuses.Watch(request.Service, end.Token).ReadAllAsync(end.Token))
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status });
            }
        }
        catch (OperationCanceledException) when (tracker.Stopping.IsCancellationRequested)
        {
            await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing });
            throw new RpcException(Wire.TransportStatus.ShuttingDown);
        }
        finally
        {
            await end.CancelAsync(); // a write may fail before any token fires, and nobody would forget the watcher
        }
    }

    private ServingStatus Now(string service)
    {
        ServingStatus status = statuses[service];
        return tracker.Stopping.IsCancellationRequested && status == ServingStatus.Serving
            ? ServingStatus.NotServing
            : status;
    }
}
