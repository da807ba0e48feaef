using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Something that waits for a party.</summary>
/// <param name="Party">The party it waits for.</param>
/// <param name="Kind">What is waited for.</param>
/// <param name="Since">Since when.</param>
/// <param name="Due">Until when; null where no agreement sets a deadline.</param>
/// <param name="Release">The request, if it is one for release.</param>
internal sealed record WaitingThing(
    string Party, WaitingKind Kind, DateTimeOffset Since, DateTimeOffset? Due, AgreementRelease? Release = null)
{
    /// <summary>Its place in a list, longest first.</summary>
    public ListCursor Place => ListCursor.After(Since, $"{Party} {(int)Kind} {Release?.Id}");

    /// <summary>Whether its time is over.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => Due <= now;
}
