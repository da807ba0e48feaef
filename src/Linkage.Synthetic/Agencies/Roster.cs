using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic.Agencies;

/// <summary>Who is on file where: each agency's rows in file order; a household, a member and a copy each.</summary>
/// <remarks>Eight bytes a row; people are made again from their numbers when they are needed. Immutable.</remarks>
internal sealed class Roster
{
    // Below this overlap most people would be in no agency; they are left out by a mixture instead.
    private const double LowestIndependent = 0.05;

    // How much an agency's reach differs between households: members are known together or not at all.
    private const double HouseholdSpread = 0.6;

    private readonly PeopleOptions _options;
    private readonly RosterRow[][] _rows;
    private readonly int[] _filled;
    private int _open;

    internal Roster(PeopleOptions options)
    {
        _options = options;
        _open = options.Agencies;
        _filled = new int[options.Agencies];
        _rows = [.. _filled.Select(_ => new RosterRow[options.PeoplePerAgency])];
        Fill();
        for (int agency = 0; agency < _rows.Length; agency++)
        {
            ulong seed = SplitMix64.Derive(options.Seed, StreamPurpose.Order, (ulong)agency);
            new Xoshiro256(seed).Shuffle<RosterRow>(_rows[agency]);
        }
    }

    internal IReadOnlyList<RosterRow> Rows(int agency) => _rows[agency];

    private void Fill()
    {
        Xoshiro256 random = new(_options.Seed);
        List<MemberPlan> members = [];
        for (uint household = 0; _open > 0; household = checked(household + 1))
        {
            random.Reseed(SplitMix64.Derive(_options.Seed, StreamPurpose.Plan, household));
            HouseholdPlanner.Plan(random, members);
            random.Reseed(SplitMix64.Derive(_options.Seed, StreamPurpose.Membership, household));
            Enroll(random, household, members.Count);
        }
    }

    // With every agency reaching a share "reach" of the people at large, independently, an agency shares "reach" of
    // them with any other. A lower overlap comes from households that only one agency can know: with K agencies, a part
    // overlap / (overlap + K * reach * (reach - overlap)) at large leaves each agency overlap / reach of its people.
    private void Enroll(Xoshiro256 random, uint household, int members)
    {
        double overlap = _options.Overlap;
        double reach = Math.Max(overlap, LowestIndependent);
        double atLarge = overlap / (overlap + (_options.Agencies * reach * (reach - overlap)));
        if (!random.Chance(atLarge))
        {
            Enroll(random, random.Below(_options.Agencies), household, members, 1);
            return;
        }

        double spread = Math.Min(HouseholdSpread, (1 - reach) / reach);
        for (int agency = 0; agency < _options.Agencies; agency++)
        {
            double own = random.Chance(0.5) ? reach * (1 + spread) : reach * (1 - spread);
            Enroll(random, agency, household, members, own);
        }
    }

    private void Enroll(Xoshiro256 random, int agency, uint household, int members, double reach)
    {
        for (int member = 0; member < members; member++)
        {
            if (!random.Chance(reach))
            {
                continue;
            }

            Add(agency, new RosterRow(household, (byte)member, 0));
            if (random.Chance(_options.DuplicateShare))
            {
                Add(agency, new RosterRow(household, (byte)member, 1));
            }
        }
    }

    private void Add(int agency, RosterRow row)
    {
        RosterRow[] rows = _rows[agency];
        if (_filled[agency] == rows.Length)
        {
            return;
        }

        rows[_filled[agency]++] = row;
        if (_filled[agency] == rows.Length)
        {
            _open--;
        }
    }
}
