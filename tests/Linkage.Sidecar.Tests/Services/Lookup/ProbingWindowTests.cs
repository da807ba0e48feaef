using Linkage.Bloom.Storage;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Sidecar.Tests.Services.Lookup;

public sealed class ProbingWindowTests(RunPeople people) : IClassFixture<RunPeople>
{
    private const int Lookups = 200;

    private static readonly LookupOptions Options = new();

    private readonly ManualTime _time = new();

    [Fact]
    public void Note_OfACaseworkersDay_TripsNothing()
    {
        QuerySketch[] sketches = Sketches(people.PeopleOf("health").Take(Lookups));
        ProbingWindow window = new(Options, _time);
        Random random = new(7);

        for (int i = 0; i < sketches.Length; i++)
        {
            // Three in ten are unknown everywhere, and one in ten is asked about again at once.
            bool isKnown = random.Next(10) >= 3;
            Assert.Equal(ProbingSign.None, window.Note(sketches[i], $"case-{i}", isKnown));
            if (random.Next(10) == 0)
            {
                Assert.Equal(ProbingSign.None, window.Note(sketches[i], $"case-{i}", isKnown));
            }
        }

        Assert.Equal(Lookups, sketches.Length);
        Assert.False(window.IsStopped);
    }

    [Fact]
    public void Note_OfAListOfStrangers_IsStoppedForAWhile()
    {
        QuerySketch[] sketches = Sketches(people.PeopleOf("health").Take(Lookups));
        ProbingWindow window = new(Options, _time);

        ProbingSign[] signs = [.. sketches.Select((sketch, i) => window.Note(sketch, $"case-{i}", i % 50 == 0))];

        Assert.Equal(ProbingSign.NeverMatching, signs[^1]);
        Assert.All(signs[..^1], sign => Assert.Equal(ProbingSign.None, sign));
        Assert.True(window.IsStopped);
        _time.Advance(Options.Stop);
        Assert.False(window.IsStopped);
    }

    [Fact]
    public void Note_OfOneRecordVariedInOneField_IsStopped()
    {
        SyntheticRecord person = people.PeopleOf("health")[0];
        QuerySketch[] sketches = Sketches(
            Enumerable.Range(0, 30).Select(guess => person with { Phone = $"555-010-{guess:D4}" }));
        ProbingWindow window = new(Options, _time);

        ProbingSign[] signs = [.. sketches.Select((sketch, i) => window.Note(sketch, $"case-{i}", isKnown: true))];

        Assert.Contains(ProbingSign.NearIdentical, signs);
    }

    [Fact]
    public void Note_OfManyClientsUnderOneCase_IsStoppedUnlessItTakesHours()
    {
        QuerySketch[] sketches = Sketches(people.PeopleOf("health").Take(Lookups));
        ProbingWindow hasty = new(Options, _time);
        Assert.Contains(
            ProbingSign.OneCase, sketches.Select(sketch => hasty.Note(sketch, "case-1", isKnown: true)).ToArray());

        ProbingWindow patient = new(Options, _time);
        foreach (QuerySketch sketch in sketches)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(ProbingSign.None, patient.Note(sketch, "case-1", isKnown: true));
        }
    }

    [Fact]
    public void TryTake_OverTheBurst_RefillsWithTime()
    {
        ProbingWindow window = new(Options, _time);

        Assert.True(window.TryTake(Options.Burst));
        Assert.False(window.TryTake(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(window.TryTake(Options.PerSecond));
        Assert.False(window.TryTake(1));
    }

    private QuerySketch[] Sketches(IEnumerable<SyntheticRecord> records)
    {
        // Each by itself, as they come: the records of one file would share its blocks.
        return
        [
            .. records.Select(record =>
            {
                using var file = EncodedFile.Read(people.Encode("health", record).Content, "query");
                return QuerySketch.Of(file, 0);
            }),
        ];
    }
}
