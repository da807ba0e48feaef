using System.Collections;
using System.Text.Json.Nodes;
using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Tests.Support;

/// <summary>An installation as "init" makes it, whose configuration a test may change.</summary>
internal sealed class ConfigFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ConfigFolder(SidecarRoles roles = SidecarRoles.Owner | SidecarRoles.Unit, TimeProvider? time = null)
    {
        InstallationPlan plan = new() { Parties = ["health", "benefits"], Roles = roles };
        Installation.Create(Root, plan, time ?? TimeProvider.System);
    }

    public string Root => Path.Join(_folder.Path, "sidecar");

    public string Config => PathOf(Installation.ConfigurationFile);

    /// <summary>Variables that move every listener to a port of the system's choice.</summary>
    public static Dictionary<string, string> FreePorts => new()
    {
        ["LINKAGE__Listeners__Http2"] = "127.0.0.1:0",
        ["LINKAGE__Listeners__Http1"] = "127.0.0.1:0",
        ["LINKAGE__Listeners__Tls__Address"] = "127.0.0.1:0",
        ["LINKAGE__Telemetry__Prometheus"] = "127.0.0.1:0",
    };

    public string PathOf(string name) => Path.Join(Root, name);

    public void Change(Action<JsonObject> change)
    {
        JsonObject root = JsonNode.Parse(File.ReadAllText(Config))!.AsObject();
        change(root);
        File.WriteAllText(Config, root.ToJsonString());
    }

    public SidecarOptions Read(IDictionary? environment = null) =>
        SidecarOptionsReader.Read(Config, environment ?? new Hashtable());

    public IReadOnlyList<string> Faults(IDictionary? environment = null) =>
        Assert.Throws<SidecarOptionsException>(() => Read(environment)).Faults;

    public void Dispose() => _folder.Dispose();
}
