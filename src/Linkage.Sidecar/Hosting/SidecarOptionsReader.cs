using System.Collections;
using System.Text.Json;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads <see cref="SidecarOptions"/> and refuses what is wrong, all of it at once.</summary>
internal static class SidecarOptionsReader
{
    /// <summary>The word that the member <c>format</c> must hold.</summary>
    public const string Format = "linkage-sidecar/1";

    private const string EnvironmentPrefix = "LINKAGE__";
    private const int LongestFile = 1 << 20;

    private static readonly JsonDocumentOptions Json = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 8,
    };

    /// <summary>Reads a configuration file, and the environment over it.</summary>
    /// <param name="path">The file; relative paths in it are relative to its directory.</param>
    /// <param name="environment">Variables such as <c>LINKAGE__Limits__ConcurrentCalls</c>.</param>
    /// <exception cref="SidecarOptionsException">The file is missing or no JSON, or members are wrong.</exception>
    public static SidecarOptions Read(string path, IDictionary environment)
    {
        List<string> faults = [];
        SettingNode root = Load(path, faults);
        Override(root, environment, faults);
        SidecarOptions options = From(
            new SettingReader(string.Empty, root, Path.GetDirectoryName(Path.GetFullPath(path))!, faults));
        return faults.Count == 0 ? options : throw new SidecarOptionsException(faults);
    }

    private static SettingNode Load(string path, List<string> faults)
    {
        if (!File.Exists(path))
        {
            throw new SidecarOptionsException($"{path}: no such file; 'linkage sidecar init' makes one");
        }

        if (new FileInfo(path).Length > LongestFile)
        {
            throw new SidecarOptionsException($"{path}: is not a configuration: it is too long");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return SettingNode.From(document.RootElement, string.Empty, faults);
            }
        }
        catch (JsonException wrong)
        {
            // The inner message may quote the file.
            throw new SidecarOptionsException(FormattableString.Invariant(
                $"{path}: is not valid JSON, line {(wrong.LineNumber ?? 0) + 1}"));
        }
        catch (InvalidOperationException)
        {
            // Valid JSON can spell half of a pair of UTF-16 units, which is no text.
            throw new SidecarOptionsException($"{path}: has a text that is not Unicode");
        }

        throw new SidecarOptionsException($"{path}: must hold a JSON object");
    }

    private static void Override(SettingNode root, IDictionary environment, List<string> faults)
    {
        // The order decides which element of an array comes first, so it is not the environment's own.
        IEnumerable<string> names = environment.Keys.Cast<string>()
            .Where(name => name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal);
        foreach (string name in names)
        {
            string value = (string?)environment[name] ?? string.Empty;
            string[] path = name[EnvironmentPrefix.Length..].Split("__");
            if (path.Any(string.IsNullOrEmpty) || !root.TryOverride(path, value))
            {
                faults.Add($"{name} (environment) does not lead to a setting");
            }
        }
    }

    private static SidecarOptions From(SettingReader root)
    {
        if (root.Text("format") != Format)
        {
            root.Refuse("format", $"must be {Format}");
        }

        bool isDevelopment = root.Flag("development", otherwise: false);
        SidecarRoles roles = ReadRoles(root, isDevelopment);
        ListenerOptions listeners = ListenerOptionsReader.Read(root, roles);
        SidecarOptions options = new()
        {
            IsDevelopment = isDevelopment,
            Roles = roles,
            Listeners = listeners,
            Directories = ReadDirectories(root, roles),
            Principals = PrincipalReader.Read(root),
            Tokens = ReadTokens(root),
            Units = UnitOptionsReader.Read(root, roles),
            Limits = ReadLimits(root),
            Telemetry = ReadTelemetry(root),
            Logging = ReadLogging(root),
            Uploads = ReadUploads(root),
            Lookups = LookupOptionsReader.Read(root),
            Agreements = ReadAgreements(root, isDevelopment),
            Encryption = StoreEncryptionReader.Read(root),
            Retention = RetentionReader.Read(root),
            Drain = TimeSpan.FromSeconds(root.Number("drainSeconds", 30, 0, 3600)),
        };
        root.RefuseOthers();
        return options;
    }

    private static SidecarRoles ReadRoles(SettingReader root, bool isDevelopment)
    {
        SidecarRoles roles = SidecarRoles.None;
        foreach (string word in root.Texts("roles"))
        {
            SidecarRoles role = word switch
            {
                "owner" => SidecarRoles.Owner,
                "unit" => SidecarRoles.Unit,
                _ => SidecarRoles.None,
            };
            if (role == SidecarRoles.None || roles.HasFlag(role))
            {
                root.Refuse("roles", "must be owner or unit, each at most once");
            }

            roles |= role;
        }

        if (roles == SidecarRoles.None)
        {
            root.Refuse("roles", "must have one of: owner, unit");
        }
        else if (roles == (SidecarRoles.Owner | SidecarRoles.Unit) && !isDevelopment)
        {
            root.Refuse("roles", "may have both only if development is true: who links must not hold keys");
        }

        return roles;
    }

    private static DirectoryOptions ReadDirectories(SettingReader root, SidecarRoles roles)
    {
        SettingReader? section = root.Section("directories");
        DirectoryOptions directories = new()
        {
            Schemas = section?.ExistingDirectory("schemas", isSecret: false),
            Keys = section?.ExistingDirectory("keys", isSecret: true),
            Columns = section?.ExistingDirectory("columns", isSecret: false),
            Output = section?.ExistingDirectory("output", isSecret: true),
            Data = section?.ExistingDirectory("data", isSecret: true),
        };
        string[] needed =
        [
            .. roles.HasFlag(SidecarRoles.Owner) ? ["schemas", "keys", "columns", "output"] : Array.Empty<string>(),
            .. roles.HasFlag(SidecarRoles.Unit) ? ["data"] : Array.Empty<string>(),
        ];
        foreach (string name in needed.Where(name => section is null || !section.Has(name)))
        {
            root.Refuse($"directories.{name}", "is missing");
        }

        if (directories.Keys is { } keys && Directory.EnumerateFiles(keys).Any(FileRules.OthersMayUse))
        {
            section!.Refuse("keys", "has a file that others may read (chmod 600, and consider a new key)");
        }

        section?.RefuseOthers();
        return directories;
    }

    private static TokenOptions ReadTokens(SettingReader root)
    {
        TokenOptions defaults = new();
        if (root.Section("tokens") is not { } section)
        {
            return defaults;
        }

        long most = section.Number("maximumLifetimeDays", (long)defaults.MaximumLifetime.TotalDays, 1, 3660);
        TokenOptions tokens = new()
        {
            File = section.ExistingFile("file", isSecret: true),
            Lifetime = TimeSpan.FromDays(section.Number("lifetimeDays", Math.Min(90, most), 1, most)),
            MaximumLifetime = TimeSpan.FromDays(most),
        };
        section.RefuseOthers();
        return tokens;
    }

    private static LimitOptions ReadLimits(SettingReader root)
    {
        LimitOptions defaults = new();
        if (root.Section("limits") is not { } section)
        {
            return defaults;
        }

        long file = section.Number("uploadBytes", defaults.UploadBytes, 1 << 20, 1L << 50);
        long open = Math.Max(defaults.OpenUploadBytes, file);
        LimitOptions limits = new()
        {
            RequestsPerSecond = (int)section.Number("requestsPerSecond", defaults.RequestsPerSecond, 1, 1_000_000),
            ConcurrentCalls = (int)section.Number("concurrentCalls", defaults.ConcurrentCalls, 1, 10_000),
            ConcurrentStreams = (int)section.Number("concurrentStreams", defaults.ConcurrentStreams, 1, 10_000),
            OpenUploads = (int)section.Number("openUploads", defaults.OpenUploads, 1, 10_000),
            OpenUploadBytes = section.Number("openUploadBytes", open, file, 1L << 50),
            OpenRuns = (int)section.Number("openRuns", defaults.OpenRuns, 1, 10_000),
            UploadBytes = file,
            MessageBytes = (int)section.Number("messageBytes", defaults.MessageBytes, 1 << 10, 1 << 30),
            MessageTime = TimeSpan.FromSeconds(
                section.Number("messageSeconds", (long)defaults.MessageTime.TotalSeconds, 1, 86_400)),
            KeepAlive = TimeSpan.FromSeconds(
                section.Number("keepAliveSeconds", (long)defaults.KeepAlive.TotalSeconds, 1, 3600)),
            FailuresPerMinute = (int)section.Number("failuresPerMinute", defaults.FailuresPerMinute, 1, 10_000),
        };
        section.RefuseOthers();
        return limits;
    }

    private static TelemetryOptions ReadTelemetry(SettingReader root)
    {
        if (root.Section("telemetry") is not { } section)
        {
            return new TelemetryOptions();
        }

        TelemetryOptions telemetry = new() { Otlp = ReadOtlp(section), Prometheus = section.Loopback("prometheus") };
        section.RefuseOthers();
        return telemetry;
    }

    private static LoggingOptions ReadLogging(SettingReader root)
    {
        LoggingOptions defaults = new();
        if (root.Section("logging") is not { } section)
        {
            return defaults;
        }

        string format = section.Text("format") ?? "json";
        if (format is not ("json" or "text"))
        {
            section.Refuse("format", "must be json or text");
        }

        LogLevel? level = section.Text("level") switch
        {
            null or "information" => LogLevel.Information,
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => null,
        };
        if (level is null)
        {
            section.Refuse("level", "must be debug, information, warning or error");
        }

        section.RefuseOthers();
        return new LoggingOptions { Level = level ?? defaults.Level, IsJson = format == "json" };
    }

    private static UploadOptions ReadUploads(SettingReader root)
    {
        UploadOptions defaults = new();
        if (root.Section("uploads") is not { } section)
        {
            return defaults;
        }

        long hours = section.Number("expiryHours", (long)defaults.Expiry.TotalHours, 1, 8784);
        section.RefuseOthers();
        return new UploadOptions { Expiry = TimeSpan.FromHours(hours) };
    }

    private static AgreementOptions ReadAgreements(SettingReader root, bool isDevelopment)
    {
        AgreementOptions defaults = new() { AreRequired = !isDevelopment };
        if (root.Section("agreements") is not { } section)
        {
            return defaults;
        }

        bool areRequired = section.Flag("required", defaults.AreRequired);
        section.RefuseOthers();
        return new AgreementOptions { AreRequired = areRequired };
    }

    private static Uri? ReadOtlp(SettingReader section)
    {
        string? text = section.Text("otlp");
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;
        if (text is null || (isAddress && (address!.IsLoopback || address.Scheme == Uri.UriSchemeHttps)))
        {
            return text is null ? null : address;
        }

        section.Refuse("otlp", isAddress
            ? "must be https unless it is on this machine"
            : "must be an address such as http://127.0.0.1:4318, without user, query or fragment");
        return null;
    }
}
