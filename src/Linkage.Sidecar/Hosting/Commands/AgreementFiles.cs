using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>What the commands about agreements do.</summary>
internal static class AgreementFiles
{
    private const int LongestKeyFile = 64 << 10;
    private const string PublicSuffix = ".pub";

    /// <summary>Writes the first draft of an agreement.</summary>
    public static int New(CommandEnvironment environment, string template, IReadOnlyList<string> parties, string file)
    {
        AgreementParty[] known = [.. parties.Select(ReadParty)];
        AgreementDocument document = AgreementTemplates.Create(
            template, known, DateOnly.FromDateTime(environment.Time.GetUtcNow().UtcDateTime));
        byte[] content = AgreementText.Format(document);
        if (known.Length > 0)
        {
            _ = AgreementText.Read(content);
        }

        Write(file, content, ownerOnly: false);
        environment.Output.WriteLine($"{file}: a draft; have counsel complete it before anybody signs");
        return ExitCode.Ok;
    }

    /// <summary>Makes a key pair.</summary>
    public static int MakeKeys(CommandEnvironment environment, string file)
    {
        if (File.Exists(file + PublicSuffix))
        {
            throw new CommandRefusedException($"{file}{PublicSuffix}: exists; a key is never overwritten");
        }

        using ECDsa key = SigningKey.Create();
        byte[] secret = key.ExportPkcs8PrivateKey();
        char[] pem = PemEncoding.Write("PRIVATE KEY", secret);
        byte[] content = Encoding.ASCII.GetBytes(pem);
        try
        {
            Write(file, content, ownerOnly: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(content);
            Array.Clear(pem);
        }

        Write(file + PublicSuffix, Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), ownerOnly: false);
        environment.Output.WriteLine($"{file}: keep it secret; {file}{PublicSuffix}: give it to the other parties");
        return ExitCode.Ok;
    }

    /// <summary>Signs an agreement.</summary>
    public static int Sign(CommandEnvironment environment, string agreement, string party, string key, string file)
    {
        AgreementText text = ReadAgreement(agreement);
        if (File.Exists(key) && FileRules.OthersMayUse(key))
        {
            throw new CommandRefusedException($"{key}: others may read it (chmod 600, and consider a new key)");
        }

        using ECDsa secret = SigningKey.ReadPrivate(ReadText(key, LongestKeyFile), key);
        AgreementSignature signature = AgreementSigning.Sign(text, party, secret, environment.Time.GetUtcNow());
        Write(file, AgreementSigning.Format(signature), ownerOnly: false);
        environment.Output.WriteLine($"{file}: {party} signs {text.Document.Id} {text.Digest}");
        return ExitCode.Ok;
    }

    /// <summary>Checks an agreement and who has signed it.</summary>
    public static int Verify(CommandEnvironment environment, string agreement, IReadOnlyList<string> signatures)
    {
        AgreementText text = ReadAgreement(agreement);
        HashSet<string> signed = new(StringComparer.Ordinal);
        int wrong = 0;
        foreach (string file in signatures)
        {
            AgreementSignature signature = AgreementSigning.Read(ReadBytes(file, AgreementSigning.LongestFile));
            if (AgreementSigning.IsValid(text, signature))
            {
                signed.Add(signature.Party);
                environment.Output.WriteLine($"{signature.Party}: signed at {signature.SignedAt}");
            }
            else
            {
                wrong++;
                environment.Error($"{file}: is no signature of a party under this document");
            }
        }

        foreach (AgreementParty party in text.Document.Parties.Where(party => !signed.Contains(party.Name)))
        {
            environment.Output.WriteLine($"{party.Name}: not signed");
        }

        if (AgreementTemplates.IsIncomplete(text.Document))
        {
            environment.Output.WriteLine("counsel has places to complete");
        }

        AgreementStanding standing = new() { Text = text, Signed = signed, Withdrawn = new HashSet<string>() };
        environment.Output.WriteLine($"digest {text.Digest}");
        environment.Output.WriteLine($"today: {WordOf(standing.PhaseAt(environment.Time.GetUtcNow()))}");
        return wrong == 0 ? ExitCode.Ok : ExitCode.Refused;
    }

    /// <summary>Says what an agreement means.</summary>
    public static int Explain(
        CommandEnvironment environment, string agreement, string? asking, string? about, string? purpose)
    {
        AgreementText text = ReadAgreement(agreement);
        if (asking is null && about is null && purpose is null)
        {
            foreach (string line in AgreementExplanation.Describe(text))
            {
                environment.Output.WriteLine(line);
            }

            return ExitCode.Ok;
        }

        if (asking is null || about is null || purpose is null)
        {
            throw new ArgumentException("--asking, --about and --purpose go together");
        }

        DisclosureRuling ruling = AgreementExplanation.Rule(text, asking, about, purpose);
        environment.Output.WriteLine(AgreementExplanation.Sentence(ruling));
        return ExitCode.Ok;
    }

    private static string WordOf(AgreementPhase phase) => phase switch
    {
        AgreementPhase.Draft => "draft, nobody has signed",
        AgreementPhase.PartlySigned => "partly signed, not in force",
        AgreementPhase.Signed => "signed by all, its first day is still to come",
        AgreementPhase.Active => "in force, unless a party has withdrawn or a newer version has taken its place",
        AgreementPhase.Expired => "expired",
        _ => throw new InvalidOperationException("A document alone is never withdrawn from or replaced."),
    };

    private static AgreementParty ReadParty(string text)
    {
        string[] parts = text.Split('=', 2);
        return parts is [var name, { Length: > 0 } file] && Principal.IsName(name)
            ? new AgreementParty(name, name, SigningKey.ReadPublic(ReadText(file, LongestKeyFile), file))
            : throw new ArgumentException("--party must be NAME=FILE");
    }

    private static AgreementText ReadAgreement(string file)
    {
        try
        {
            return AgreementText.Read(ReadBytes(file, AgreementText.LongestDocument));
        }
        catch (AgreementFormatException wrong)
        {
            throw new FormatException($"{file}: {wrong.Message}");
        }
    }

    private static string ReadText(string file, int limit) => Encoding.UTF8.GetString(ReadBytes(file, limit));

    private static byte[] ReadBytes(string file, int limit)
    {
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{file}: no such file");
        }

        return new FileInfo(file).Length <= limit
            ? File.ReadAllBytes(file)
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"{file}: is longer than {limit} bytes"));
    }

    private static void Write(string path, byte[] content, bool ownerOnly)
    {
        using AtomicFile file = AtomicFile.Create(path, ownerOnly, replace: false);
        file.Stream.Write(content);
        file.Commit();
    }
}
