using System.CommandLine;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>The command line of the process: what it can be told to do, and what its failures look like.</summary>
internal static class SidecarCommandLine
{
    private const string Description =
        "Offers encoding and linking to systems that are not .NET, as a process that answers over gRPC.";

    /// <summary>Runs one command line to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CommandEnvironment environment)
    {
        RootCommand root = new(Description)
        {
            InitCommand.Create(environment),
            RunCommand.Create(environment),
            TokenCommand.Create(environment),
            BackupCommand.CreateBackup(environment),
            BackupCommand.CreateRestore(environment),
            AgreementCommand.Create(environment),
            AuditLogCommand.Create(environment),
            CertificateCommand.Create(environment),
        };
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            environment.Error($"{parsed.Errors[0].Message.TrimEnd('.')}; see --help");
            return ExitCode.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = environment.Output,
                    Error = environment.Messages,
                },
                environment.Stop);
        }
        catch (SidecarOptionsException wrong)
        {
            foreach (string fault in wrong.Faults)
            {
                environment.Error(fault);
            }

            return ExitCode.BadInput;
        }
        catch (Exception wrong) when (wrong is IOException or FormatException)
        {
            environment.Error(wrong.Message);
            return ExitCode.BadInput;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or CommandRefusedException)
        {
            environment.Error(refused.Message);
            return ExitCode.Refused;
        }
        catch (ArgumentException wrong)
        {
            environment.Error(wrong.Message);
            return ExitCode.WrongUse;
        }
    }
}
