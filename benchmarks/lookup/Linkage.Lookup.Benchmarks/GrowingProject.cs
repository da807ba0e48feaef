using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Evaluation;
using Linkage.Core.Incremental;
using Linkage.Core.Lookup;

namespace Linkage.Lookup.Benchmarks;

/// <summary>Sources encoded twice: whole, and without their last records, which are added later.</summary>
internal sealed class GrowingProject : IDisposable
{
    private readonly Person[][] _sources;
    private readonly int _added;
    private readonly RecordEncoder[] _encoders;
    private readonly Dictionary<string, string> _truth = [];

    public GrowingProject(Person[][] sources, int added, LinkageKey key)
    {
        _sources = sources;
        _added = added;
        LinkageSchema schema = Person.Schema with
        {
            Population = sources.Max(source => source.Length),
            Parties = sources.Length,
        };
        _encoders =
        [
            .. Enumerable.Range(0, sources.Length)
                .Select(source => new RecordEncoder(schema, key, SampleSources.PartyOf(source))),
        ];
        Whole = [.. Enumerable.Range(0, sources.Length).Select(source => Encode(source, sources[source]))];
        Base =
        [
            .. Enumerable.Range(0, sources.Length)
                .Select(source => Encode(source, sources[source].AsSpan(0, sources[source].Length - added))),
        ];
    }

    /// <summary>All records, by source.</summary>
    public EncodedFile[] Whole { get; }

    /// <summary>The records that are there at first.</summary>
    public EncodedFile[] Base { get; }

    public void Dispose()
    {
        Array.ForEach(Whole, file => file.Dispose());
        Array.ForEach(Base, file => file.Dispose());
        Array.ForEach(_encoders, encoder => encoder.Dispose());
    }

    /// <summary>The quality of a run's entities.</summary>
    public LinkageQuality Evaluate(LinkResult result) => Evaluate(
        [.. Enumerable.Range(0, result.RecordCount).Select(result.Record)],
        [.. Enumerable.Range(0, result.RecordCount).Select(result.EntityOf)]);

    /// <summary>Adds the records that are not there yet, source after source in turn.</summary>
    /// <param name="run">The run over the first records.</param>
    /// <param name="batch">Records of a source that are added at a time.</param>
    public Growth Grow(LinkResult run, int batch)
    {
        var index = RecordIndex.Create(Base, new RecordIndexOptions { Model = run.Model, Thresholds = run.Thresholds });
        string[] before =
            [.. Enumerable.Range(0, run.RecordCount).Select(record => run.LinkIds[run.EntityOf(record)])];
        var linker = IncrementalLinker.Create(index, before, IncrementalOptions.From(run));
        List<EncodedFile> messages = [];
        for (int done = 0; done < _added; done += batch)
        {
            for (int source = 0; source < _sources.Length; source++)
            {
                Span<Person> people = _sources[source].AsSpan(_sources[source].Length - _added + done);
                messages.Add(Encode(source, people[..Math.Min(batch, people.Length)]));
                _ = linker.Add(messages[^1]);
            }
        }

        string[] after = [.. Enumerable.Range(0, index.RecordCount).Select(record => linker.LinkIdOf(record)!)];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] entities = [.. after.Select(id => numbers.TryAdd(id, numbers.Count) ? numbers.Count - 1 : numbers[id])];
        return new Growth(index, messages)
        {
            Quality = Evaluate([.. Enumerable.Range(0, after.Length).Select(index.Reference)], entities),
            MergedAway = before.Distinct().Count(id => !numbers.ContainsKey(id)),
            TakenApart = before.Index().GroupBy(record => record.Item)
                .Count(entity => entity.Select(record => after[record.Index]).Distinct().Count() > 1),
        };
    }

    private LinkageQuality Evaluate(RecordReference[] records, int[] entities)
    {
        string[] parties = [.. Enumerable.Range(0, _sources.Length).Select(SampleSources.PartyOf)];
        return PairEvaluator.EvaluateEntities(
            EvaluationRecords.FromLabels(
                parties.Length,
                [.. records.Select(record => Array.IndexOf(parties, record.Party))],
                [.. records.Select(record => _truth[record.Handle])]),
            entities);
    }

    private EncodedFile Encode(int source, ReadOnlySpan<Person> people)
    {
        using EncodedMessageWriter writer = new(_encoders[source]);
        foreach (Person person in people)
        {
            writer.Add(person.Values);
        }

        (byte[] content, IReadOnlyList<string> handles) = writer.Complete();
        for (int i = 0; i < people.Length; i++)
        {
            _truth.Add(handles[i], people[i].Truth);
        }

        return EncodedFile.Read(content, SampleSources.PartyOf(source));
    }
}
