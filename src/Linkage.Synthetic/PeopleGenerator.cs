using System.Globalization;
using Linkage.Synthetic.Agencies;
using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic;

/// <summary>Makes up people in households and writes them down as several agencies would have recorded them.</summary>
/// <remarks>Immutable after construction and safe to share between threads: every enumeration has its own state and
/// gives the same records. Memory is eight bytes a row; records are made as they are read.</remarks>
public sealed class PeopleGenerator
{
    private readonly PeopleOptions _options;
    private readonly Roster _roster;

    /// <summary>Decides which agency holds which people.</summary>
    /// <param name="options">What to generate.</param>
    public PeopleGenerator(PeopleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _roster = new Roster(options);
    }

    /// <summary>The number of agencies.</summary>
    public int Agencies => _options.Agencies;

    /// <summary>The rows of one agency's file, in an order that says nothing about the people.</summary>
    /// <param name="agency">Zero-based number of the agency.</param>
    /// <returns>As many records as <see cref="PeopleOptions.PeoplePerAgency"/>, made while they are read.</returns>
    public IEnumerable<SyntheticRecord> Records(int agency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agency);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(agency, _options.Agencies);
        return Enumerate(agency);
    }

    private IEnumerable<SyntheticRecord> Enumerate(int agency)
    {
        Xoshiro256 random = new(_options.Seed);
        AgencyClerk clerk = new(AgencyProfiles.Of(agency), random, _options.ErrorScale);
        RecordIdentifiers identifiers = new(_options.Seed, agency);
        ulong errorSeed = SplitMix64.Derive(_options.Seed, StreamPurpose.Errors, (ulong)agency);
        List<MemberPlan> plan = [];
        List<Person> people = [];
        IReadOnlyList<RosterRow> rows = _roster.Rows(agency);
        for (int i = 0; i < rows.Count; i++)
        {
            RosterRow row = rows[i];
            random.Reseed(SplitMix64.Derive(_options.Seed, StreamPurpose.Plan, row.Household));
            HouseholdPlanner.Plan(random, plan);
            random.Reseed(SplitMix64.Derive(_options.Seed, StreamPurpose.Details, row.Household));
            HouseholdFactory.Build(random, plan, people);
            random.Reseed(SplitMix64.Derive(errorSeed, StreamPurpose.Errors, row.Key));
            string household = row.Household.ToString("D9", CultureInfo.InvariantCulture);
            string member = row.Member.ToString("D2", CultureInfo.InvariantCulture);
            yield return clerk.Write(
                people[row.Member], identifiers.Of(i), $"P{household}{member}", $"H{household}");
        }
    }
}
