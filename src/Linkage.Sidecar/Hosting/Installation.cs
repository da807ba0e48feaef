using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Hosting;

/// <summary>Makes the directory of a new sidecar: authority, certificates, tokens, configuration.</summary>
/// <remarks>All is made under a temporary name and renamed, so a directory is whole or not there.</remarks>
internal sealed class Installation
{
    /// <summary>The name of the configuration in the directory.</summary>
    public const string ConfigurationFile = "sidecar.json";

    /// <summary>The name of the key that the unit's store is encrypted with.</summary>
    public const string MasterKeyFile = "master.key";

    /// <summary>What a process of both roles shows its own unit, without the ends .pem and .key.</summary>
    public const string OwnUnitBundle = "tls/owner";

    private static readonly string[] Directories =
        ["tls", "clients", "schemas", "keys", "columns", "output", "data", "run"];

    private static readonly (string Name, CallerRoles Role)[] Staff =
    [
        ("analyst", CallerRoles.Analyst), ("operator", CallerRoles.Operator), ("auditor", CallerRoles.Auditor),
    ];

    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly List<string> _made = [];

    private Installation(string root, TimeProvider time)
    {
        _root = root;
        _time = time;
    }

    /// <summary>Makes a directory.</summary>
    /// <param name="directory">Its path; nothing may be in it.</param>
    /// <param name="plan">What it is for.</param>
    /// <param name="time">The clock of certificates and tokens.</param>
    /// <returns>A line for each thing made.</returns>
    /// <exception cref="ArgumentException">A party's name is not one, or stands twice.</exception>
    /// <exception cref="CommandRefusedException">Something is in the directory already.</exception>
    public static IReadOnlyList<string> Create(string directory, InstallationPlan plan, TimeProvider time)
    {
        Check(plan);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new CommandRefusedException(
                $"{directory}: is there already and not empty; nothing in it is overwritten");
        }

        string parent = Path.GetDirectoryName(target) ?? target;
        Directory.CreateDirectory(parent);
        string temporary = Path.Join(parent, $".{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        Installation installation = new(temporary, time);
        try
        {
            installation.Fill(plan);
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(temporary, target);
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw;
        }

        return installation._made;
    }

    private static void Check(InstallationPlan plan)
    {
        if (plan.Parties.Count == 0 || !plan.Parties.All(Principal.IsName))
        {
            throw new ArgumentException("--party must be 1 to 64 letters, digits, '_' or '-'");
        }

        if (plan.Parties.Concat(Staff.Select(one => one.Name)).Distinct(StringComparer.OrdinalIgnoreCase).Count()
            != plan.Parties.Count + Staff.Length)
        {
            throw new ArgumentException("--party must be a different name each time, and not that of another role");
        }
    }

    private void Fill(InstallationPlan plan)
    {
        CreateDirectory(_root);
        foreach (string name in Directories)
        {
            CreateDirectory(Path.Join(_root, name));
        }

        using DevelopmentAuthority authority = new(_time);
        Write("tls/ca.pem", authority.CertificatePem, "the authority's certificate; clients trust the server by it");
        Write("tls/ca.key", authority.KeyPem, "the authority's key; keep it away from the server");
        using (X509Certificate2 server = authority.IssueServer(plan.Hosts))
        {
            WriteBundle("tls/server", server, "the server's");
        }

        (string Name, CallerRoles Role)[] callers =
            [.. plan.Parties.Select(name => (name, CallerRoles.Party)), .. Staff];
        List<Principal> principals = [];
        TokenTable tokens = TokenTable.Empty;
        foreach ((string name, CallerRoles role) in callers)
        {
            using X509Certificate2 client = authority.IssueClient(name);
            WriteBundle($"clients/{name}", client, $"{name}'s");
            if (principals.Count == 0 && plan.Roles == (SidecarRoles.Owner | SidecarRoles.Unit))
            {
                // clients/ goes away once it is handed over; the process needs one of them for itself.
                WriteBundle(OwnUnitBundle, client, $"for this process at its own unit: {name}'s");
            }

            (string text, TokenRecord token) = BearerToken.Create(
                name, role, _time.GetUtcNow() + new TokenOptions().Lifetime);
            Write($"clients/{name}.token", $"{text}\n", $"{name}'s bearer token, id {token.Id}");
            tokens = tokens.With(token);
            principals.Add(new Principal(name, role)
            {
                Certificates = [Convert.ToHexStringLower(client.GetCertHash(HashAlgorithmName.SHA256))],
            });
        }

        Write("tokens.json", Encoding.UTF8.GetString(TokenFile.Format(tokens)), "the hashes of all tokens");
        if (plan.Roles.HasFlag(SidecarRoles.Unit))
        {
            MasterKey.Create(Path.Join(_root, MasterKeyFile));
            _made.Add($"{MasterKeyFile}: the key of the store; keep a copy apart from the store and its backups");
        }

        Write(ConfigurationFile, ConfigurationText.Write(plan.Roles, principals), "the configuration");
    }

    private void WriteBundle(string name, X509Certificate2 certificate, string whose)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        Write($"{name}.pem", certificate.ExportCertificatePem() + "\n", $"{whose} certificate");
        Write($"{name}.key", key.ExportPkcs8PrivateKeyPem() + "\n", $"{whose} key");
    }

    private void Write(string name, string content, string what)
    {
        using AtomicFile file = AtomicFile.Create(Path.Join(_root, name), ownerOnly: true, replace: false);
        file.Stream.Write(Encoding.UTF8.GetBytes(content));
        file.Commit();
        _made.Add($"{name}: {what}");
    }

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FileRules.OwnerDirectory);
        }
    }
}
