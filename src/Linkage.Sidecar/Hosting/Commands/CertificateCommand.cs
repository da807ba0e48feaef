using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Linkage.Sidecar.Services.Unit.Retention;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"certificate verify": proof of what a unit has deleted.</summary>
internal static class CertificateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandEnvironment environment)
    {
        Argument<string> file = new("file") { Description = "The certificate." };
        Option<string> key = new("--key")
        {
            Required = true,
            HelpName = "PEM",
            Description = "The public half of the unit's audit key.",
        };
        Command verify = new("verify", "Holds a certificate of deletion against the unit's key.") { file, key };
        verify.SetAction((parsed, cancellation) => VerifyAsync(
            environment, parsed.GetRequiredValue(file), parsed.GetRequiredValue(key), cancellation));
        return new Command("certificate", "Certificates of deletion.") { verify };
    }

    private static async Task<int> VerifyAsync(
        CommandEnvironment environment, string file, string key, CancellationToken cancellation)
    {
        using var publicKey = ECDsa.Create();
        try
        {
            publicKey.ImportFromPem(await File.ReadAllTextAsync(key, cancellation));
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            throw new FormatException($"{key}: is not a public key in PEM", wrong);
        }

        DeletionCertificate sound =
            Certificates.Verify(await File.ReadAllBytesAsync(file, cancellation), publicKey);
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: genuine; project {sound.Deletion.ProjectId}, {sound.FileCount} files, {sound.ByteCount} bytes, "
            + $"deleted {sound.Deletion.MarkedAt:u}, certified {sound.IssuedAt:u}");
        await environment.Output.WriteLineAsync(summary);
        return ExitCode.Ok;
    }
}
