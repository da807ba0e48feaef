using System.Net;
using Linkage.Sidecar.Interop;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// A server for the interop clients: HTTP/2 without encryption on a free port of the loopback, which the only line of
// standard output names.
WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(
    server => server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
WebApplication app = builder.Build();
app.MapGrpcService<InteropService>();
await app.StartAsync();
Console.WriteLine(new Uri(app.Urls.Single()).Port);
await app.WaitForShutdownAsync();
