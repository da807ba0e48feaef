namespace Linkage.Synthetic.People;

/// <summary>A member before it has a name: enough to decide which agencies hold it.</summary>
internal readonly record struct MemberPlan(MemberRole Role, Sex Sex, PeopleGroup Group, int BirthYear);
