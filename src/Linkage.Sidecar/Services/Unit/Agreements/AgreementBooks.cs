using System.Collections.Concurrent;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>The agreements of all projects, read from the store and kept until the store changes. Thread-safe.</summary>
internal sealed class AgreementBooks
{
    private readonly ConcurrentDictionary<string, (long Generation, AgreementBook Book)> _books = new();
    private readonly AgreementStore _store;

    /// <summary>Reads from a store.</summary>
    public AgreementBooks(UnitStore store)
    {
        _store = store.Agreements;
    }

    /// <summary>The agreements of a project as every acknowledged change has left them.</summary>
    public AgreementBook Of(string projectId)
    {
        long generation = _store.Generation; // taken first: a change while the store is read makes the book an old one
        bool isKnown = _books.TryGetValue(projectId, out (long Generation, AgreementBook Book) kept);
        if (isKnown && kept.Generation == generation)
        {
            return kept.Book;
        }

        AgreementBook book = AgreementBook.Of(_store.Read(projectId), isKnown ? kept.Book : null);
        if (book.Facts.Project is null)
        {
            _books.TryRemove(projectId, out _);
        }
        else
        {
            _books[projectId] = (generation, book);
        }

        return book;
    }
}
