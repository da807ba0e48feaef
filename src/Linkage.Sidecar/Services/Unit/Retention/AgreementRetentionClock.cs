using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>What the project's agreement says, or the operator where that is less.</summary>
/// <remarks>
/// An agreement that has ended goes on to say how long its data may be kept; one that not all signed says nothing.
/// </remarks>
internal sealed class AgreementRetentionClock : IRetentionClock
{
    private const string Clause = "retention";

    private readonly AgreementBooks _books;
    private readonly IRetentionClock _configured;
    private readonly TimeProvider _time;

    /// <summary>Reads agreements.</summary>
    public AgreementRetentionClock(AgreementBooks books, IRetentionClock configured, TimeProvider time)
    {
        _books = books;
        _configured = configured;
        _time = time;
    }

    /// <inheritdoc/>
    public RetentionTerms Of(Project project)
    {
        AgreementBook book = _books.Of(project.Id);
        AgreementEntry? entry = book.InForceAt(_time.GetUtcNow())
            ?? book.Entries.LastOrDefault(version => version.Standing.IsSignedByAll);
        if (entry is null)
        {
            return _configured.Of(project);
        }

        AgreementRetention agreed = entry.Standing.Text.Document.Retention;
        RetentionTerms terms = new(IsoDays.Parse(agreed.Encodings), IsoDays.Parse(agreed.Results), Clause);
        return terms.Shorter(_configured.Of(project));
    }
}
