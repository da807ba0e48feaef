using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>A linkage unit as a process of its own, killed and started again over the same directory.</summary>
internal sealed class UnitProcess : IAsyncDisposable
{
    public const string Analyst = "analyst";

    private const int ListenerCount = 5;

    private static readonly Dictionary<string, string> Variables = new(ConfigFolder.FreePorts)
    {
        ["LINKAGE__Limits__RequestsPerSecond"] = "100000",
        ["LINKAGE__Agreements__Required"] = "false",
    };

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _tokens = [];
    private SidecarProcess _process = null!;
    private GrpcChannel _channel = null!;
    private Task _output = null!;
    private TaskCompletionSource _isHeld = null!;
    private Task<string> _error = null!;

    private UnitProcess()
    {
        InstallationPlan plan = new() { Parties = RunPeople.Parties, Roles = SidecarRoles.Unit };
        Installation.Create(Root, plan, TimeProvider.System);
        string config = Path.Join(Root, Installation.ConfigurationFile);
        File.WriteAllText(config, File.ReadAllText(config).Replace(
            "\"required\": true", "\"required\": false", StringComparison.Ordinal)); // these tests link without one
        foreach (string name in RunPeople.Parties.Append(Analyst))
        {
            _tokens.Add(name, File.ReadAllText(Path.Join(Root, "clients", $"{name}.token")).Trim());
        }
    }

    /// <summary>How often the process was killed.</summary>
    public int Kills { get; private set; }

    public ProjectService.ProjectServiceClient Projects => new(_channel);

    public ExchangeService.ExchangeServiceClient Exchange => new(_channel);

    public LinkageService.LinkageServiceClient Linkage => new(_channel);

    public LookupService.LookupServiceClient Lookups => new(_channel);

    public AdminService.AdminServiceClient Admin => new(_channel);

    public static string NewKey => $"key-{Guid.NewGuid():N}";

    private string Root => Path.Join(_folder.Path, "unit");

    public static async Task<UnitProcess> StartAsync()
    {
        UnitProcess unit = new();
        await unit.RunAsync(heldAfter: null);
        return unit;
    }

    /// <summary>Says who calls, by the bearer token taken last.</summary>
    public CallOptions As(string name) => new(
        new Metadata { { "authorization", $"Bearer {_tokens[name]}" } }, DateTime.UtcNow + Waiting.Patience);

    /// <summary>From now on a caller uses another token.</summary>
    public void TakeToken(string name, string text) => _tokens[name] = text;

    /// <summary>Ends the process where it stands; calls under way fail.</summary>
    public async Task KillAsync()
    {
        await _process.KillAsync();
        Kills++;
        await Task.WhenAll(_output, _error);
    }

    /// <summary>Starts the process again; its ports are others.</summary>
    /// <param name="heldAfter">The stage at whose end its runs wait; null for none.</param>
    public async Task RestartAsync(string? heldAfter = null)
    {
        Close();
        await RunAsync(heldAfter);
    }

    /// <summary>Waits until a run is where runs are held.</summary>
    public Task HeldAsync() => _isHeld.Task.WaitAsync(Waiting.Patience);

    public async ValueTask DisposeAsync()
    {
        await _process.KillAsync();
        Close();
        _folder.Dispose();
    }

    private async Task RunAsync(string? heldAfter)
    {
        string[] run = ["run", "--config", Path.Join(Root, Installation.ConfigurationFile)];
        _isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = heldAfter is null
            ? SidecarProcess.Start(Variables, run)
            : SidecarProcess.StartOwn(Variables, [UnitProgram.Name, heldAfter, .. run]);
        _error = _process.Error.ReadToEndAsync();
        string[] addresses = new string[ListenerCount];
        for (int listener = 0; listener < ListenerCount; listener++)
        {
            addresses[listener] = await ReadAddressAsync();
        }

        _output = ReadToEndAsync(_process.Output, _isHeld); // a full pipe would stop it
        _channel = GrpcChannel.ForAddress(addresses[0]);
    }

    // Runs that are taken up again may tell of themselves in between.
    private async Task<string> ReadAddressAsync()
    {
        while (await _process.Output.ReadLineAsync() is { } line)
        {
            if (line == RunProgram.IsThere)
            {
                _isHeld.TrySetResult();
                continue;
            }

            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.TryGetProperty("State", out JsonElement state)
                && state.TryGetProperty("Address", out JsonElement address))
            {
                return address.GetString()!;
            }
        }

        throw new InvalidOperationException($"The unit did not start: {await _error}");
    }

    private static async Task ReadToEndAsync(StreamReader output, TaskCompletionSource isHeld)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line == RunProgram.IsThere)
            {
                isHeld.TrySetResult();
            }
        }
    }

    private void Close()
    {
        _channel.Dispose();
        _process.Dispose();
    }
}
