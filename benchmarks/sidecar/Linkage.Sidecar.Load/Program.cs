using Grpc.Net.Client;
using Linkage.Sidecar.Load;

// Measures a linkage unit and writes the figures as Markdown to standard output; benchmarks/sidecar/run and
// benchmarks/lookup/run prepare it.
TextWriter report = Console.Out;
if (args is ["lookups", .. string[] rest])
{
    await LookupPhase.RunAsync(LookupLoadOptions.Parse(rest), report);
    return;
}

var options = LoadOptions.Parse(args);
await StartUpPhase.RunAsync(options, report);
await using UnitProcess unit = await UnitProcess.StartAsync(options.Program, options.Home);
string projectId;
using (GrpcChannel channel = Connections.Plain(unit.Plain))
{
    projectId = await SampleProject.CreateAsync(
        channel, options.Home, options.Schema, [options.Large, options.Small]);
}

await UploadPhase.RunAsync(options, unit, projectId, report);
await UnaryPhase.RunAsync(options, unit, projectId, report);
await RunPhase.RunAsync(options, unit, projectId, report);
