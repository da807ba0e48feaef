using System.Net;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads <see cref="SidecarOptions"/> and refuses what is wrong, before anything is started.</summary>
internal static class SidecarOptionsReader
{
    private const string FileName = "appsettings.json";

    private const string EnvironmentPrefix = "LINKAGE_";
    private const string ArgumentPrefix = "--" + SidecarOptions.Section + ":";

    /// <summary>
    /// Reads the options from, in rising precedence, <c>appsettings.json</c> in <paramref name="directory"/>,
    /// environment variables (<c>LINKAGE_Sidecar__Listen</c>) and arguments (<c>--Sidecar:Listen=127.0.0.1:5055</c>).
    /// </summary>
    /// <exception cref="SidecarOptionsException">The file, an argument or a setting is wrong.</exception>
    public static SidecarOptions Read(string[] args, string directory)
    {
        // The command-line source ignores what it does not understand; then a default would stay in force unnoticed.
        if (!args.All(IsSetting))
        {
            throw new SidecarOptionsException($"Every argument has the form {ArgumentPrefix}Setting=value.");
        }

        return From(Load(args, directory).GetSection(SidecarOptions.Section));
    }

    /// <summary>Checks one section.</summary>
    /// <exception cref="SidecarOptionsException">A setting is unknown or its value is refused.</exception>
    public static SidecarOptions From(IConfigurationSection section)
    {
        if (section.Value is not null)
        {
            throw new SidecarOptionsException($"{section.Path} must be a section with settings, not a value.");
        }

        // A misspelled setting would silently leave the default in force.
        foreach (IConfigurationSection setting in section.GetChildren())
        {
            if (!setting.Key.Equals(nameof(SidecarOptions.Listen), StringComparison.OrdinalIgnoreCase))
            {
                throw new SidecarOptionsException(
                    $"{setting.Path} is not a setting. {section.Path} has: {nameof(SidecarOptions.Listen)}.");
            }
        }

        IConfigurationSection listen = section.GetSection(nameof(SidecarOptions.Listen));
        return listen.Exists() ? new SidecarOptions(ParseListen(listen)) : SidecarOptions.Default;
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith(ArgumentPrefix, StringComparison.OrdinalIgnoreCase) && argument.Contains('=');

    private static IConfigurationRoot Load(string[] args, string directory)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(directory)
                .AddJsonFile(FileName, optional: true, reloadOnChange: false)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddCommandLine(args)
                .Build();
        }
        catch (InvalidDataException wrong)
        {
            throw new SidecarOptionsException($"{FileName} is not valid JSON.", wrong);
        }
    }

    private static IPEndPoint ParseListen(IConfigurationSection setting)
    {
        // IPEndPoint parses a bare address to port 0; an operator who forgot the port shall hear of it.
        if (!IPEndPoint.TryParse(setting.Value ?? string.Empty, out IPEndPoint? listen) || !HasPort(setting.Value!))
        {
            throw new SidecarOptionsException(
                $"{setting.Path} must be an IP address and a port, such as 127.0.0.1:5055 or [::1]:5055.");
        }

        if (!IPAddress.IsLoopback(listen.Address))
        {
            throw new SidecarOptionsException(
                $"{setting.Path} must be a loopback address: the sidecar speaks without encryption, "
                + "so other machines must not reach it.");
        }

        return listen;
    }

    private static bool HasPort(string text)
    {
        int colon = text.LastIndexOf(':');
        bool isBareVersion6 = colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) != colon && text[0] != '[';
        return colon >= 0 && !isBareVersion6 && !text.EndsWith(']');
    }
}
