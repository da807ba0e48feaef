using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>Questions for clients that many tests ask.</summary>
internal static class FindQuestions
{
    /// <summary>A question for a person.</summary>
    public static FindClientRequest For(int person, string project = "project")
    {
        FindClientRequest question = new()
        {
            Schema = OwnerFolder.SchemaName,
            Key = OwnerFolder.KeyName,
            Party = "health",
            Target = new UnitTarget { Unit = "unit", ProjectId = project },
            Purpose = "emergency-shelter",
            CaseReference = "C-17.4_b",
        };
        string[] values = OwnerFolder.Person(person);
        for (int i = 0; i < values.Length; i++)
        {
            question.Fields[OwnerFolder.Schema.Fields[i].Name] = values[i];
        }

        return question;
    }

    /// <summary>One answer of each kind.</summary>
    public static LookupResponse Answer()
    {
        LookupMatches matches = new();
        matches.Matches.Add(new LookupMatch
        {
            LinkId = "link",
            Probability = 0.75,
            Decision = LinkDecision.Match,
            Levels = { new LookupLevel { Comparison = "born", Level = 3, Weight = 6.5 } },
        });
        return new LookupResponse
        {
            AuditSequence = 42,
            Answers =
            {
                new PartyAnswer { Party = "benefits", Matches = matches },
                new PartyAnswer
                {
                    Party = "police",
                    Refusal = new LookupRefusal
                    {
                        Reason = "EXCEPTED_BY_AGREEMENT", Clause = "7", Citation = "Act 5", Message = "Not this one.",
                    },
                },
                new PartyAnswer { Party = "schools", Waiting = new LookupWaiting { Clause = "3", RequestId = "r1" } },
            },
        };
    }
}
