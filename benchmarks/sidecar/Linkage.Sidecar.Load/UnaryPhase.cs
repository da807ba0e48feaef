using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Linkage.V1;

namespace Linkage.Sidecar.Load;

/// <summary>Unary calls of the sidecar and of Python's server, in turn, by the same client.</summary>
internal static class UnaryPhase
{
    private const int Rounds = 3;
    private const double Target = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    /// <summary>Measures both.</summary>
    public static async Task RunAsync(LoadOptions options, UnitProcess unit, string projectId, TextWriter report)
    {
        Metadata token = Connections.Token(options.Home, "analyst");
        using UnaryLoad own = new(unit.Plain, Check);
        using UnaryLoad python = new(options.PythonAddress, Check);
        using UnaryLoad project = new(unit.Plain, channel => GetProject(channel, projectId, token));
        UnaryLoad[] loads = [own, python, project];
        foreach (UnaryLoad load in loads)
        {
            await load.MeasureAsync(WarmUp);
        }

        double[][] rates = [new double[Rounds], new double[Rounds], new double[Rounds]];
        for (int round = 0; round < Rounds; round++)
        {
            for (int load = 0; load < loads.Length; load++)
            {
                rates[load][round] = await loads[load].MeasureAsync(Duration);
            }
        }

        double ratio = Figures.Median(rates[0]) / Figures.Median(rates[1]);
        await report.WriteLineAsync($"""

            ## Unary calls

            {UnaryLoad.InFlight} in flight over {UnaryLoad.ConnectionCount} connections, the same client for both
            servers, on the same cores as they; {Rounds} rounds in turn after a warm-up; calls a second, median (least
            to most). Python answers with bytes that are ready, and looks at nothing. `GetProject` is known by its
            token, allowed, and read from the store.

            | server | call | calls/s |
            | --- | --- | --- |
            | sidecar | `grpc.health.v1.Health/Check` | {Figures.Spread(rates[0])} |
            | python3-grpcio | `grpc.health.v1.Health/Check` | {Figures.Spread(rates[1])} |
            | sidecar | `linkage.v1.ProjectService/GetProject` | {Figures.Spread(rates[2])} |

            Sidecar over Python: {Figures.Tenths(ratio)}; the target is {Figures.Whole(Target)}.
            """);
    }

    private static Func<Task> Check(GrpcChannel channel)
    {
        Health.HealthClient health = new(channel);
        return async () =>
        {
            HealthCheckResponse answer = await health.CheckAsync(new HealthCheckRequest());
            if (answer.Status != HealthCheckResponse.Types.ServingStatus.Serving)
            {
                throw new InvalidOperationException("The server does not serve.");
            }
        };
    }

    private static Func<Task> GetProject(GrpcChannel channel, string projectId, Metadata token)
    {
        ProjectService.ProjectServiceClient projects = new(channel);
        return async () =>
        {
            GetProjectResponse answer = await projects.GetProjectAsync(
                new GetProjectRequest { ProjectId = projectId }, token);
            if (answer.Project.Id != projectId)
            {
                throw new InvalidOperationException("The answer is another project.");
            }
        };
    }
}
