namespace Linkage.Cli;

/// <summary>What the process answers to the shell; part of the tool's contract.</summary>
internal static class ExitCode
{
    /// <summary>The command did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>The command line is wrong, or the user stopped the command.</summary>
    public const int WrongUse = 1;

    /// <summary>A file is missing, cannot be read or written, or holds what it should not.</summary>
    public const int BadInput = 2;

    /// <summary>The request is understood and not allowed.</summary>
    public const int Refused = 3;

    /// <summary>A defect of the tool itself; outside the contract, so that no script takes it for an answer.</summary>
    public const int Defect = 70;
}
