namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>What the process answers to the shell; the same as the tool's.</summary>
internal static class ExitCode
{
    /// <summary>The command did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>The command line is wrong, or a listener cannot be opened.</summary>
    public const int WrongUse = 1;

    /// <summary>A file is missing, cannot be read or written, or holds what it should not.</summary>
    public const int BadInput = 2;

    /// <summary>The request is understood and not allowed.</summary>
    public const int Refused = 3;
}
