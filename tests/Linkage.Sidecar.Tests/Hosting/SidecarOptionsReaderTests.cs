using System.Collections;
using System.Net;
using System.Text.Json.Nodes;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class SidecarOptionsReaderTests
{
    private const string Canary = "Zanzibarov";

    [Fact]
    public void Read_NewInstallation_IsWithoutFault()
    {
        using ConfigFolder folder = new();

        SidecarOptions options = folder.Read();

        Assert.True(options.IsDevelopment);
        Assert.Equal(SidecarRoles.Owner | SidecarRoles.Unit, options.Roles);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:5055"), options.Listeners.Http2);
        Assert.Equal(folder.PathOf("run/sidecar.sock"), options.Listeners.Unix?.Path);
        Assert.Equal(folder.PathOf("keys"), options.Directories.Keys);
        Assert.Equal(
            ["health", "benefits", "analyst", "operator", "auditor"], options.Principals.Select(one => one.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_InstallationOfOneRole_IsNoDevelopment(bool isUnit)
    {
        SidecarRoles role = isUnit ? SidecarRoles.Unit : SidecarRoles.Owner;
        using ConfigFolder folder = new(role);

        SidecarOptions options = folder.Read();

        Assert.False(options.IsDevelopment);
        Assert.Equal(role, options.Roles);
        Assert.Equal(isUnit, options.Listeners.Tls is not null);
    }

    [Theory]
    [InlineData("format", "2", "format must be a string that is not empty")]
    [InlineData("format", "\"linkage-sidecar/2\"", "format must be linkage-sidecar/1")]
    [InlineData("development", "false", "roles may have both only if development is true")]
    [InlineData("roles", "[]", "roles must have one of: owner, unit")]
    [InlineData("roles", "[\"unit\", \"unit\"]", "roles must be owner or unit, each at most once")]
    [InlineData("roles", "[\"Zanzibarov\", \"unit\"]", "roles must be owner or unit, each at most once")]
    [InlineData("roles", "\"unit\"", "roles must be an array")]
    [InlineData("listeners", "null", "listeners must be an object")]
    [InlineData("listeners", "{}", "listeners must have one of: http2, http1, tls, unix")]
    [InlineData("listeners.http2", "5055", "listeners.http2 must be a string that is not empty")]
    [InlineData("listeners.http2", "\"10.0.0.1:5055\"", "listeners.http2 must be a loopback address")]
    [InlineData("listeners.http1", "\"[::]:5055\"", "listeners.http1 must be a loopback address")]
    [InlineData("listeners.http1", "\"127.0.0.1\"", "listeners.http1 must be an IP address and a port")]
    [InlineData("listeners.http1", "\"::1\"", "listeners.http1 must be an IP address and a port")]
    [InlineData("listeners.http1", "\"127.0.0.1:65536\"", "listeners.http1 must be an IP address and a port")]
    [InlineData("listeners.http1", "\"localhost:5055\"", "listeners.http1 must be an IP address and a port")]
    [InlineData("listeners.Zanzi", "1", "listeners.Zanzi is not a setting; here are: http2, http1, tls, unix")]
    [InlineData("listeners.tls.key", "\"no/Zanzibarov\"", "listeners.tls.key must be a file that exists")]
    [InlineData("listeners.tls.revoked", "[\"sha1:00\"]", "listeners.tls.revoked must be strings sha256:")]
    [InlineData("listeners.unix.mode", "\"0666\"", "listeners.unix.mode must be \"0600\" or")]
    [InlineData("listeners.unix.mode", "\"0060\"", "listeners.unix.mode must be \"0600\" or")]
    [InlineData("listeners.unix.mode", "600", "listeners.unix.mode must be a string")]
    [InlineData("listeners.unix.path", "\"no/where/s\"", "listeners.unix.path must lie in a directory that exists")]
    [InlineData("directories.schemas", "\"Zanzibarov\"", "directories.schemas must be a directory that exists")]
    [InlineData("directories.schemas", "\"a\\u0000b\"", "directories.schemas must be a path")]
    [InlineData("principals", "[{ \"name\": \"Zanzibarov!\", \"role\": \"party\" }]", "principals[0].name must be")]
    [InlineData("principals", "[{ \"name\": \"a\", \"role\": \"king\" }]", "principals[0].role must be one of: party")]
    [InlineData("principals", "[{ \"name\": \"a\", \"role\": \"party\", \"userIds\": [-1] }]", "principals[0].userIds")]
    [InlineData("principals", "[{\"name\": \"a\", \"role\": \"party\", \"certificates\":[\"f\"] }]", "principals[0].c")]
    [InlineData("tokens.file", "\"Zanzibarov\"", "tokens.file must be a file that exists")]
    [InlineData("tokens.lifetimeDays", "5000", "tokens.lifetimeDays must be a whole number from 1 to 366")]
    [InlineData("limits", "{ \"concurrentCalls\": 0 }", "limits.concurrentCalls must be a whole number from 1 to")]
    [InlineData("limits", "{ \"concurrentCalls\": \"5\" }", "limits.concurrentCalls must be a whole number from 1 to")]
    [InlineData("limits", "{ \"messageSeconds\": 0 }", "limits.messageSeconds must be a whole number from 1 to 86400")]
    [InlineData("limits", "{ \"keepAliveSeconds\": 0 }", "limits.keepAliveSeconds must be a whole number from 1 to")]
    [InlineData("limits", "{ \"uploadBytes\": 1.5 }", "limits.uploadBytes must be a whole number from")]
    [InlineData("limits", "{ \"concurrentStreams\": 0 }", "limits.concurrentStreams must be a whole number from 1")]
    [InlineData("limits", "{ \"openUploads\": -1 }", "limits.openUploads must be a whole number from 1")]
    [InlineData("limits", "{ \"openRuns\": true }", "limits.openRuns must be a whole number from 1")]
    [InlineData("limits", "{ \"uploadBytes\": 2097152, \"openUploadBytes\": 2097151 }", "limits.openUploadBytes must")]
    [InlineData("uploads", "{ \"expiryHours\": 0 }", "uploads.expiryHours must be a whole number from 1 to 8784")]
    [InlineData("uploads", "{ \"expiry\": 1 }", "uploads.expiry is not a setting")]
    [InlineData("lookups", "{ \"burst\": 0 }", "lookups.burst must be a whole number from 1 to")]
    [InlineData("lookups", "{ \"unknownPercent\": 102 }", "lookups.unknownPercent must be a whole number from 1")]
    [InlineData("agreements", "{ \"Zanzi\": true }", "agreements.Zanzi is not a setting")]
    [InlineData("logging", "{ \"format\": \"Zanzibarov\" }", "logging.format must be json or text")]
    [InlineData("logging", "{ \"level\": \"Zanzibarov\" }", "logging.level must be debug, information, warning or")]
    [InlineData("telemetry.prometheus", "\"0.0.0.0:1\"", "telemetry.prometheus must be a loopback address")]
    [InlineData("telemetry.otlp", "\"http://192.0.2.1:4318\"", "telemetry.otlp must be https unless")]
    [InlineData("telemetry.otlp", "\"https://Zanzibarov:x@localhost\"", "telemetry.otlp must be an address such as")]
    [InlineData("units", "[]", "units must be an object")]
    [InlineData("units.local", "1", "units.local must be an object")]
    [InlineData("units", "{ \"a b\": {} }", "units.a b must have a name of 1 to 64 letters")]
    [InlineData("units.local.address", "\"ftp://Zanzibarov\"", "units.local.address must be https://HOST:PORT")]
    [InlineData("units.local.address", "\"https://h:1/Zanzibarov\"", "units.local.address must be https://HOST:PORT")]
    [InlineData("units.local.address", "\"https://Zanzibarov@h:1\"", "units.local.address must be https://HOST:PORT")]
    [InlineData("units.local.address", "\"https://h:1/#Zanzibarov\"", "units.local.address must be https://HOST:PORT")]
    [InlineData("units.local.address", "\"unix:\"", "units.local.address must be https://HOST:PORT")]
    [InlineData("units.local.authority", "\"Zanzibarov\"", "units.local.authority must be a file that exists")]
    [InlineData("units.local.key", "\"Zanzibarov\"", "units.local.key must be a file that exists")]
    [InlineData("units.local.token", "\"Zanzibarov\"", "units.local.token must be a file that exists")]
    [InlineData("units.local.callSeconds", "0", "units.local.callSeconds must be a whole number from 1 to")]
    [InlineData("units.local.retrySeconds", "-1", "units.local.retrySeconds must be a whole number from 0 to")]
    [InlineData("units.local.concurrentUploads", "0", "units.local.concurrentUploads must be a whole number from 1")]
    [InlineData("units.local.Zanzi", "1", "units.local.Zanzi is not a setting; here are:")]
    [InlineData("drainSeconds", "-1", "drainSeconds must be a whole number from 0 to 3600")]
    [InlineData("Sidecar", "{}", "Sidecar is not a setting; here are: format,")]
    public void Read_WrongMember_IsNamedWithoutItsValue(string member, string json, string fault)
    {
        using ConfigFolder folder = new();
        folder.Change(root => Set(root, member, JsonNode.Parse(json)));

        IReadOnlyList<string> faults = folder.Faults();

        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain(faults, line => line.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Operations_AreTakenOver()
    {
        using ConfigFolder folder = new();
        folder.Change(root =>
        {
            Set(root, "logging", new JsonObject { ["format"] = "text", ["level"] = "debug" });
            Set(root, "uploads", new JsonObject { ["expiryHours"] = 36 });
            Set(root, "agreements", new JsonObject { ["required"] = true });
            Set(root, "limits", new JsonObject { ["uploadBytes"] = 1L << 40, ["openUploads"] = 3, ["openRuns"] = 2 });
        });

        SidecarOptions options = folder.Read();

        Assert.Equal((false, LogLevel.Debug), (options.Logging.IsJson, options.Logging.Level));
        Assert.Equal(TimeSpan.FromHours(36), options.Uploads.Expiry);
        Assert.True(options.Agreements.AreRequired);
        Assert.Equal((3, 2), (options.Limits.OpenUploads, options.Limits.OpenRuns));
        Assert.Equal(1L << 40, options.Limits.OpenUploadBytes); // a file that may come has room
    }

    [Fact]
    public void Read_SeveralFaults_AreListedAtOnce()
    {
        using ConfigFolder folder = new();
        folder.Change(root =>
        {
            Set(root, "development", "yes");
            Set(root, "roles", new JsonArray());
            Set(root, "limits", new JsonObject { ["messageBytes"] = "many" });
            Set(root, "drainSeconds", true);
        });

        Assert.Equal(
            ["development", "roles", "limits.messageBytes", "drainSeconds"],
            folder.Faults().Select(fault => fault.Split(' ')[0]));
    }

    [Theory]
    [InlineData("{}", "address is missing")]
    [InlineData("{ \"address\": \"https://unit.example\" }", "authority is missing,token is missing")]
    [InlineData("{ \"address\": \"http://unit.example:1\", \"token\": \"t\" }", "address must be https")]
    [InlineData("{ \"address\": \"http://127.0.0.1.example:1\", \"token\": \"t\" }", "address must be https")]
    [InlineData("{ \"address\": \"http://[::1]:1\", \"token\": \"t\" }", "")]
    [InlineData("{ \"address\": \"http://127.0.0.1:1\" }", "token is missing")]
    [InlineData("{ \"address\": \"http://u.example\", \"allowUnencrypted\": true, \"token\": \"t\" }", "")]
    [InlineData("{ \"address\": \"unix:run/unit.sock\" }", "")]
    [InlineData("{ \"address\": \"unix:run/unit.sock\", \"authority\": \"t\" }", "authority is for an https")]
    [InlineData(
        "{ \"address\": \"https://u.example\", \"authority\": \"t\", \"certificate\": \"t\" }", "key is missing")]
    [InlineData(
        "{ \"address\": \"https://u.example\", \"authority\": \"t\", \"key\": \"t\", \"token\": \"t\" }",
        "certificate is missing")]
    public void Read_Unit_FaultsAreThoseOfItsWay(string json, string faults)
    {
        using ConfigFolder folder = new(SidecarRoles.Owner);
        string file = folder.PathOf("t");
        File.WriteAllText(file, "t");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, FileRules.OwnerFile);
        }

        folder.Change(root => root["units"] = new JsonObject { ["central"] = JsonNode.Parse(json) });

        if (faults.Length == 0)
        {
            Assert.Equal("central", Assert.Single(folder.Read().Units).Name);
            return;
        }

        Assert.Equal(
            faults.Split(','),
            folder.Faults().Zip(faults.Split(','), (told, fault) =>
                told.StartsWith($"units.central.{fault}", StringComparison.Ordinal) ? fault : told));
        Assert.Equal(faults.Split(',').Length, folder.Faults().Count);
    }

    [Fact]
    public void Read_SecretsOfAUnitOpenToOthers_AreRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using ConfigFolder folder = new();
        folder.Change(root => root["units"]!["local"]!["token"] = "clients/health.token");
        foreach (string name in new[] { "tls/owner.key", "clients/health.token" })
        {
            File.SetUnixFileMode(folder.PathOf(name), FileRules.OwnerFile | UnixFileMode.GroupRead);
        }

        Assert.Equal(
            [$"units.local.key {FileRules.FileIsOpen}", $"units.local.token {FileRules.FileIsOpen}"],
            folder.Faults());
    }

    [Fact]
    public void Read_UnitFromTheEnvironment_IsThere()
    {
        using ConfigFolder folder = new();
        Dictionary<string, string> environment = new()
        {
            ["LINKAGE__UNITS__LOCAL__ADDRESS"] = "https://unit.example:5443",
            ["LINKAGE__Units__local__RetrySeconds"] = "7",
        };

        UnitOptions unit = Assert.Single(folder.Read(environment).Units);

        Assert.Equal(
            ("local", new Uri("https://unit.example:5443"), TimeSpan.FromSeconds(7), folder.PathOf("tls/owner.key")),
            (unit.Name, unit.Address, unit.RetryTime, unit.Key));
    }

    [Fact]
    public void Read_UnitsOfAUnit_AreRefused()
    {
        using ConfigFolder folder = new(SidecarRoles.Unit);
        folder.Change(root => root["units"] = new JsonObject());

        Assert.StartsWith("units is for the owner role", Assert.Single(folder.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TlsWithoutItsFiles_NamesEachMember()
    {
        using ConfigFolder folder = new();
        folder.Change(root => Set(root, "listeners.tls", new JsonObject()));

        Assert.Equal(
            [
                "listeners.tls.address is missing", "listeners.tls.certificate is missing",
                "listeners.tls.key is missing", "listeners.tls.clientAuthority is missing",
            ],
            folder.Faults());
    }

    [Theory]
    [InlineData("owner", "directories.schemas is missing,directories.keys is missing,directories.columns is missing,"
        + "directories.output is missing")]
    [InlineData("unit", "directories.data is missing")]
    public void Read_RoleWithoutItsDirectories_NamesThem(string role, string faults)
    {
        using ConfigFolder folder = new(SidecarRoles.Owner);
        folder.Change(root =>
        {
            Set(root, "roles", new JsonArray(role));
            root.Remove("directories");
        });

        Assert.Equal(faults.Split(','), folder.Faults());
    }

    [Fact]
    public void Read_OwnerWithTls_IsRefused()
    {
        using ConfigFolder folder = new(SidecarRoles.Unit);
        folder.Change(root => Set(root, "roles", new JsonArray("owner")));

        Assert.StartsWith(
            "listeners.tls is not for the owner role", Assert.Single(folder.Faults()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls/server.key", "listeners.tls.key must be readable by its owner alone (chmod 600)")]
    [InlineData("tokens.json", "tokens.file must be readable by its owner alone (chmod 600)")]
    [InlineData("keys/project.key", "directories.keys has a file that others may read")]
    [InlineData("keys", "directories.keys must be open to its owner alone (chmod 700)")]
    [InlineData("data", "directories.data must be open to its owner alone (chmod 700)")]
    [InlineData("output", "directories.output must be open to its owner alone (chmod 700)")]
    public void Read_SecretThatOthersMayRead_IsRefused(string name, string fault)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using ConfigFolder folder = new();
        string path = folder.PathOf(name);
        if (!Path.Exists(path))
        {
            File.WriteAllText(path, "{}");
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead);

        Assert.StartsWith(fault, Assert.Single(folder.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CredentialOfTwoPrincipals_IsRefused()
    {
        using ConfigFolder folder = new();
        folder.Change(root =>
        {
            JsonArray principals = root["principals"]!.AsArray();
            principals[1]!["certificates"] = principals[0]!["certificates"]!.DeepClone();
            principals[2]!["name"] = "health";
        });

        Assert.Equal(
            ["principals[1].certificates has an entry that stands twice", "principals[2].name stands twice"],
            folder.Faults());
    }

    [Fact]
    public void Read_Environment_GoesBeforeTheFile()
    {
        using ConfigFolder folder = new();
        Hashtable environment = new()
        {
            ["LINKAGE__LIMITS__CONCURRENTCALLS"] = "7",
            ["LINKAGE__Listeners__Http1"] = "[::1]:6001",
            ["LINKAGE__Roles__1"] = "owner",
            ["LINKAGE__Roles__0"] = "unit",
            ["LINKAGE__Development"] = "true",
            ["LINKAGE__Principals__5__Name"] = "audit2",
            ["LINKAGE__Principals__5__Role"] = "auditor",
            ["LINKAGE_OTHER"] = "not ours",
        };

        SidecarOptions options = folder.Read(environment);

        Assert.Equal(7, options.Limits.ConcurrentCalls);
        Assert.Equal(IPEndPoint.Parse("[::1]:6001"), options.Listeners.Http1);
        Assert.Equal("audit2", options.Principals[^1].Name);
    }

    [Theory]
    [InlineData("LINKAGE__Limits__Zanzi", "5", "limits.Zanzi is not a setting")]
    [InlineData("LINKAGE__Limits__ConcurrentCalls", "Zanzibarov", "limits.concurrentCalls must be a whole number")]
    [InlineData("LINKAGE__Limits__", "5", "LINKAGE__Limits__ (environment) does not lead to a setting")]
    [InlineData("LINKAGE__Format__Sub", "5", "LINKAGE__Format__Sub (environment) does not lead to a setting")]
    [InlineData("LINKAGE__Roles__9", "unit", "LINKAGE__Roles__9 (environment) does not lead to a setting")]
    public void Read_WrongEnvironment_IsNamed(string name, string value, string fault)
    {
        using ConfigFolder folder = new();

        string only = Assert.Single(folder.Faults(new Hashtable { [name] = value }));

        Assert.StartsWith(fault, only, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, only, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Zanzibarov", "is not valid JSON, line 1")]
    [InlineData("[]", "must hold a JSON object")]
    [InlineData("{ \"format\": \"\\ud800\" }", "has a text that is not Unicode")]
    [InlineData("", "is not valid JSON, line 1")]
    public void Read_BrokenFile_IsRefusedByName(string content, string reason)
    {
        using TemporaryFolder folder = new();
        folder.Write("sidecar.json", content);
        string path = Path.Join(folder.Path, "sidecar.json");

        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarOptionsReader.Read(path, new Hashtable()));

        Assert.Equal($"{path}: {reason}", refusal.Message);
    }

    [Fact]
    public void Read_MissingFile_SaysWhatMakesOne()
    {
        using TemporaryFolder folder = new();

        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarOptionsReader.Read(Path.Join(folder.Path, "sidecar.json"), new Hashtable()));

        Assert.EndsWith("no such file; 'linkage sidecar init' makes one", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MemberTwiceAndComments_OnlyTheMemberIsAFault()
    {
        using ConfigFolder folder = new();
        File.WriteAllText(
            folder.Config, File.ReadAllText(folder.Config).TrimEnd()[..^1] + ", // again\n \"drainSeconds\": 5 }");

        Assert.Equal(["drainSeconds stands twice"], folder.Faults());
    }

    private static void Set(JsonObject root, string member, JsonNode? value)
    {
        string[] path = member.Split('.');
        JsonObject parent = path[..^1].Aggregate(root, (node, name) => node[name]!.AsObject());
        parent[path[^1]] = value;
    }
}
