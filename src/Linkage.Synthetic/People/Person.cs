namespace Linkage.Synthetic.People;

/// <summary>The true state of a person. Names are in upper case; an empty string means "has none".</summary>
internal sealed class Person
{
    internal required PeopleGroup Group { get; init; }

    internal required Sex Sex { get; init; }

    internal required DateOnly Born { get; init; }

    internal required string Given { get; init; }

    /// <summary>A given name used every day beside the legal one.</summary>
    internal string Everyday { get; init; } = "";

    internal required string Middle { get; init; }

    internal required string Surname { get; set; }

    internal string SecondSurname { get; set; } = "";

    internal SurnameJoin Join { get; set; }

    /// <summary>The surname before a marriage or after a divorce.</summary>
    internal string PreviousSurname { get; set; } = "";

    internal string Suffix { get; set; } = "";

    internal required string Ssn4 { get; init; }

    internal required string Phone { get; init; }

    internal required string PreviousPhone { get; init; }

    internal required Address Home { get; init; }

    internal required Address PreviousHome { get; init; }
}
