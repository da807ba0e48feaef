using Linkage.Core.Model;
using Linkage.Core.Scoring;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>What was found as messages: nothing but what the agreement shows.</summary>
internal static class LookupAnswers
{
    private const int BothMissing = -1;
    private const int OneMissing = -2;

    /// <summary>One answer for every party asked.</summary>
    public static IEnumerable<PartyAnswer> Of(
        LiveProject live, IReadOnlyList<PartyRuling> rulings, IReadOnlyList<LiveMatch> found, bool explain)
    {
        foreach (PartyRuling ruling in rulings.OrderBy(ruling => PlaceOf(live, ruling.Party)))
        {
            if (!ruling.Ruling.IsAllowed)
            {
                yield return ruling.ToAnswer();
                continue;
            }

            LookupMatches matches = new();
            matches.Matches.AddRange(found.Where(match => match.Match.Record.Party == ruling.Party)
                .Select(match => Show(live, match, ruling.Ruling.Shown, explain)));
            yield return new PartyAnswer { Party = ruling.Party, Matches = matches };
        }
    }

    private static int PlaceOf(LiveProject live, string party) =>
        live.Parties.TakeWhile(other => other != party).Count();

    private static LookupMatch Show(LiveProject live, LiveMatch found, ShownParts shown, bool explain)
    {
        LookupMatch match = new()
        {
            Decision = found.Match.Decision == Decision.Match ? LinkDecision.Match : LinkDecision.Possible,
        };
        if (shown.HasFlag(ShownParts.LinkId) && live.GivesLinkIds)
        {
            match.LinkId = found.LinkId;
        }

        if (shown.HasFlag(ShownParts.Probability))
        {
            match.Probability = found.Match.Probability.Value;
        }

        if (explain && shown.HasFlag(ShownParts.Levels))
        {
            match.Levels.AddRange(Levels(live, found));
        }

        return match;
    }

    // A weight that rests on several comparisons is told with the first of them.
    private static IEnumerable<LookupLevel> Levels(LiveProject live, LiveMatch found)
    {
        IReadOnlyList<WeightPart> parts = live.Explain(found.Match);
        string[] names = [.. live.Comparisons];
        string pattern = found.Match.Vector.ToPattern(names.Length);
        return names.Select((name, i) => new LookupLevel
        {
            Comparison = name,
            Level = pattern[i] switch
            {
                '-' => BothMissing,
                '?' => OneMissing,
                char digit => digit - '0',
            },
            Weight = parts.Where(part => part.Comparisons is [string first, ..] && first == name)
                .Sum(part => part.Weight.Bits),
        });
    }
}
