using Grpc.Net.Client;
using Linkage.Sidecar.Load;

// Measures a linkage unit and writes the figures as Markdown to standard output; benchmarks/sidecar/run prepares it.
var options = LoadOptions.Parse(args);
TextWriter report = Console.Out;
await StartUpPhase.RunAsync(options, report);
await using UnitProcess unit = await UnitProcess.StartAsync(options);
string projectId;
using (GrpcChannel channel = Connections.Plain(unit.Plain))
{
    projectId = await SampleProject.CreateAsync(channel, options);
}

await UploadPhase.RunAsync(options, unit, projectId, report);
await UnaryPhase.RunAsync(options, unit, projectId, report);
await RunPhase.RunAsync(options, unit, projectId, report);
