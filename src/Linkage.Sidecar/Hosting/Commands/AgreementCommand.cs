using System.CommandLine;
using Linkage.Sidecar.Agreements;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"agreement": writes, signs, verifies and explains agreements; nothing of it needs a running sidecar.</summary>
internal static class AgreementCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Create(CommandEnvironment environment) =>
        new("agreement", "Writes, signs, verifies and explains agreements between agencies.")
        {
            CreateNew(environment),
            CreateKeygen(environment),
            CreateSign(environment),
            CreateVerify(environment),
            CreateExplain(environment),
        };

    private static Command CreateNew(CommandEnvironment environment)
    {
        Option<string> template = Required("--template", "NAME", "What to begin with: bilateral, state or research.");
        template.AcceptOnlyFromAmong([.. AgreementTemplates.Names]);
        Option<string> file = Required("--out", "FILE", "The document; it must not exist yet.");
        Option<string[]> parties = new("--party")
        {
            HelpName = "NAME=KEY.pub",
            Description = "A party and its public signing key; may be given several times.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Command command = new("new", "Writes the first draft of an agreement.") { template, file, parties };
        command.SetAction(parsed => AgreementFiles.New(
            environment,
            parsed.GetRequiredValue(template),
            parsed.GetRequiredValue(parties),
            parsed.GetRequiredValue(file)));
        return command;
    }

    private static Command CreateKeygen(CommandEnvironment environment)
    {
        Option<string> file = Required(
            "--out", "FILE", "The private key (mode 0600); the public one is written beside it, with .pub after it.");
        Command command = new("keygen", "Makes the key pair a party signs with.") { file };
        command.SetAction(parsed => AgreementFiles.MakeKeys(environment, parsed.GetRequiredValue(file)));
        return command;
    }

    private static Command CreateSign(CommandEnvironment environment)
    {
        Argument<string> agreement = Document();
        Option<string> party = Required("--party", "NAME", "Who signs.");
        Option<string> key = Required("--key", "FILE", "The party's private signing key.");
        Option<string> file = Required("--out", "FILE", "The signature; it must not exist yet.");
        Command command = new("sign", "Signs an agreement in the name of a party.") { agreement, party, key, file };
        command.SetAction(parsed => AgreementFiles.Sign(
            environment,
            parsed.GetRequiredValue(agreement),
            parsed.GetRequiredValue(party),
            parsed.GetRequiredValue(key),
            parsed.GetRequiredValue(file)));
        return command;
    }

    private static Command CreateVerify(CommandEnvironment environment)
    {
        Argument<string> agreement = Document();
        Option<string[]> signatures = new("--signature")
        {
            HelpName = "FILE",
            Description = "A signature; may be given several times.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Command command = new("verify", "Checks an agreement and who has signed it.") { agreement, signatures };
        command.SetAction(parsed => AgreementFiles.Verify(
            environment, parsed.GetRequiredValue(agreement), parsed.GetRequiredValue(signatures)));
        return command;
    }

    private static Command CreateExplain(CommandEnvironment environment)
    {
        Argument<string> agreement = Document();
        Option<string?> asking = new("--asking") { HelpName = "PARTY", Description = "Who would ask." };
        Option<string?> about = new("--about") { HelpName = "PARTY", Description = "Whose records would answer." };
        Option<string?> purpose = new("--purpose") { HelpName = "NAME", Description = "What for." };
        Command command = new("explain", "Says who may ask whom for what, or rules on one question.")
        {
            agreement, asking, about, purpose,
        };
        command.SetAction(parsed => AgreementFiles.Explain(
            environment,
            parsed.GetRequiredValue(agreement),
            parsed.GetValue(asking),
            parsed.GetValue(about),
            parsed.GetValue(purpose)));
        return command;
    }

    private static Argument<string> Document() => new("agreement") { Description = "The document." };

    private static Option<string> Required(string name, string value, string description) =>
        new(name) { Required = true, HelpName = value, Description = description };
}
