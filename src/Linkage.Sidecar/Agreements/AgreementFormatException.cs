namespace Linkage.Sidecar.Agreements;

/// <summary>A text is no agreement, no signature or no signing key; the message names the place and no content.</summary>
internal sealed class AgreementFormatException : FormatException
{
    public AgreementFormatException(string place, string rule)
        : base($"{place}: {rule}")
    {
        Place = place;
    }

    /// <summary>The member that is wrong.</summary>
    public string Place { get; }
}
