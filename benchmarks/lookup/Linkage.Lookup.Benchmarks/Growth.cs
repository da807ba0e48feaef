using Linkage.Bloom.Storage;
using Linkage.Core.Evaluation;
using Linkage.Core.Lookup;

namespace Linkage.Lookup.Benchmarks;

/// <summary>What became of a linked project by additions.</summary>
internal sealed class Growth : IDisposable
{
    private readonly RecordIndex _index;
    private readonly List<EncodedFile> _messages;

    public Growth(RecordIndex index, List<EncodedFile> messages)
    {
        _index = index;
        _messages = messages;
    }

    public required LinkageQuality Quality { get; init; }

    /// <summary>Link ids of the run that no record has any more.</summary>
    public required int MergedAway { get; init; }

    /// <summary>Link ids of the run whose records have more than one now.</summary>
    public required int TakenApart { get; init; }

    public void Dispose()
    {
        _index.Dispose();
        _messages.ForEach(message => message.Dispose());
    }
}
