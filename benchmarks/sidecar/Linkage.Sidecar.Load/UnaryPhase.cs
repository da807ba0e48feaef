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
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    /// <summary>Measures both.</summary>
    public static async Task RunAsync(LoadOptions options, UnitProcess unit, string projectId, TextWriter report)
    {
        Metadata token = Connections.Token(options.Home, "analyst");
        using FrameLoad own = new(unit.Plain);
        using FrameLoad python = new(options.PythonAddress);
        using UnaryLoad ownGenerated = new(unit.Plain, Check);
        using UnaryLoad pythonGenerated = new(options.PythonAddress, Check);
        using UnaryLoad project = new(unit.Plain, channel => GetProject(channel, projectId, token));
        double[][] rates = await MeasureAsync(
            own.MeasureAsync,
            python.MeasureAsync,
            ownGenerated.MeasureAsync,
            pythonGenerated.MeasureAsync,
            project.MeasureAsync);
        await report.WriteLineAsync($"""

            ## Unary calls

            {UnaryLoad.InFlight} in flight over {UnaryLoad.ConnectionCount} connections, the same client for both
            servers, on the same cores as they; {Rounds} rounds in turn after a warm-up; calls a second, median (least
            to most). The light client writes and compares frames and leaves the cores to the server; the generated one
            is what an application has, and takes more of them than the server does. Python's server has messages as in
            generated code. `GetProject` is known by its token, allowed, and read from the store.

            | client | call | sidecar | python3-grpcio | ratio |
            | --- | --- | --- | --- | --- |
            | light | `grpc.health.v1.Health/Check` | {Compare(rates[0], rates[1])} |
            | generated | `grpc.health.v1.Health/Check` | {Compare(rates[2], rates[3])} |
            | generated | `linkage.v1.ProjectService/GetProject` | {Figures.Spread(rates[4])} | | |

            The target is a ratio of {Figures.Whole(Target)}.
            """);
    }

    private static string Compare(double[] own, double[] python) =>
        $"{Figures.Spread(own)} | {Figures.Spread(python)} "
        + $"| {Figures.Tenths(Figures.Median(own) / Figures.Median(python))}";

    private static async Task<double[][]> MeasureAsync(params Func<TimeSpan, Task<double>>[] loads)
    {
        foreach (Func<TimeSpan, Task<double>> load in loads)
        {
            await load(WarmUp);
        }

        double[][] rates = [.. loads.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
        {
            for (int load = 0; load < loads.Length; load++)
            {
                rates[load][round] = await loads[load](Duration);
            }
        }

        return rates;
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
