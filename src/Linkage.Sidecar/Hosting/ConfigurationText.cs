using System.Text;
using System.Text.Json;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>Writes the configuration of a new installation.</summary>
internal static class ConfigurationText
{
    /// <summary>The text of the file; all paths are relative to it.</summary>
    public static string Write(SidecarRoles roles, IReadOnlyList<Principal> principals)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            bool isUnit = roles.HasFlag(SidecarRoles.Unit);
            json.WriteStartObject();
            json.WriteString("format", SidecarOptionsReader.Format);
            json.WriteBoolean("development", roles == (SidecarRoles.Owner | SidecarRoles.Unit));
            WriteRoles(json, roles);
            WriteListeners(json, isUnit);
            WriteObject(
                json, "directories",
                ("schemas", "schemas"), ("keys", "keys"), ("columns", "columns"), ("output", "output"),
                ("data", "data"));
            if (isUnit)
            {
                WriteObject(json, "store", ("keyFile", Installation.MasterKeyFile));
            }

            WritePrincipals(json, principals);
            WriteObject(json, "tokens", ("file", "tokens.json"));
            if (roles == (SidecarRoles.Owner | SidecarRoles.Unit))
            {
                WriteOwnUnit(json);
            }

            if (isUnit)
            {
                json.WriteStartObject("agreements");
                json.WriteBoolean("required", roles == SidecarRoles.Unit);
                json.WriteEndObject();
            }

            WriteObject(json, "telemetry", ("prometheus", "127.0.0.1:9464"));
            json.WriteNumber("drainSeconds", 30);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private static void WriteRoles(Utf8JsonWriter json, SidecarRoles roles)
    {
        json.WriteStartArray("roles");
        if (roles.HasFlag(SidecarRoles.Owner))
        {
            json.WriteStringValue("owner");
        }

        if (roles.HasFlag(SidecarRoles.Unit))
        {
            json.WriteStringValue("unit");
        }

        json.WriteEndArray();
    }

    private static void WriteListeners(Utf8JsonWriter json, bool isUnit)
    {
        json.WriteStartObject("listeners");
        json.WriteString("http2", "127.0.0.1:5055");
        json.WriteString("http1", "127.0.0.1:5056");
        if (isUnit)
        {
            WriteObject(
                json, "tls", ("address", "127.0.0.1:5443"), ("certificate", "tls/server.pem"),
                ("key", "tls/server.key"), ("clientAuthority", "tls/ca.pem"));
        }

        WriteObject(json, "unix", ("path", "run/sidecar.sock"), ("mode", "0600"));
        json.WriteEndObject();
    }

    // In a process of both roles the owner's half reaches the unit's as it would another machine's.
    private static void WriteOwnUnit(Utf8JsonWriter json)
    {
        json.WriteStartObject("units");
        WriteObject(
            json, "local", ("address", "https://127.0.0.1:5443"), ("authority", "tls/ca.pem"),
            ("certificate", $"{Installation.OwnUnitBundle}.pem"), ("key", $"{Installation.OwnUnitBundle}.key"));
        json.WriteEndObject();
    }

    private static void WritePrincipals(Utf8JsonWriter json, IReadOnlyList<Principal> principals)
    {
        json.WriteStartArray("principals");
        foreach (Principal principal in principals)
        {
            json.WriteStartObject();
            json.WriteString("name", principal.Name);
            json.WriteString("role", principal.Role.ToString().ToLowerInvariant());
            json.WriteStartArray("certificates");
            foreach (string fingerprint in principal.Certificates)
            {
                json.WriteStringValue(fingerprint);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteObject(
        Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach ((string member, string value) in members)
        {
            json.WriteString(member, value);
        }

        json.WriteEndObject();
    }
}
