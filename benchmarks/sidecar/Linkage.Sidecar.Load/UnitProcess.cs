using System.Diagnostics;
using System.Text.Json;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Linkage.Sidecar.Load;

/// <summary>A linkage unit as an operator starts it: a process of its own.</summary>
internal sealed class UnitProcess : IAsyncDisposable
{
    private const int Listeners = 2;

    private readonly Process _process;

    private UnitProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The listener without encryption.</summary>
    public string Plain { get; private set; } = string.Empty;

    /// <summary>The listener with mutual TLS.</summary>
    public string Tls { get; private set; } = string.Empty;

    /// <summary>From the start of the process to the first health check that says SERVING.</summary>
    public TimeSpan StartUp { get; private set; }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a unit and waits until it serves.</summary>
    /// <remarks>A caller's allowance is lifted: one client stands for many here.</remarks>
    public static async Task<UnitProcess> StartAsync(string program, string home)
    {
        ProcessStartInfo start = new(
            "dotnet", ["exec", program, "run", "--config", Path.Join(home, "sidecar.json")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["LINKAGE__Limits__RequestsPerSecond"] = "1000000";
        start.Environment["LINKAGE__Limits__ConcurrentCalls"] = "1000";
        long begin = Stopwatch.GetTimestamp();
#pragma warning disable CA2000 // the caller's, or disposed below
        UnitProcess unit = new(Process.Start(start)!);
#pragma warning restore CA2000
        try
        {
            await unit.ReadAddressesAsync();
            using GrpcChannel channel = Connections.Plain(unit.Plain);
            HealthCheckResponse health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());
            unit.StartUp = Stopwatch.GetElapsedTime(begin);
            return health.Status == HealthCheckResponse.Types.ServingStatus.Serving
                ? unit
                : throw new InvalidOperationException("The unit does not serve.");
        }
        catch
        {
            await unit.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The base library can kill a process but not ask it to end; the shell can.
            using Process shell = Process.Start("sh", ["-c", $"kill -TERM {Id}"])!;
            await shell.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAddressesAsync()
    {
        for (int found = 0; found < Listeners;)
        {
            string line = await _process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException("The unit did not start.");
            using JsonDocument entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("EventId").GetInt32() == 1)
            {
                found++;
                Note(entry.RootElement.GetProperty("State").GetProperty("Address").GetString()!);
            }
        }

        // What it says later is read too, or it would wait for a reader.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    private void Note(string address)
    {
        if (address.StartsWith("https:", StringComparison.Ordinal))
        {
            Tls = $"https://localhost:{new Uri(address).Port}";
        }
        else
        {
            Plain = address;
        }
    }
}
