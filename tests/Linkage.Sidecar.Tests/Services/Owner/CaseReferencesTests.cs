using Linkage.Sidecar.Services.Owner;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>What an agency may call its cases.</summary>
public sealed class CaseReferencesTests
{
    private static readonly string[] Record = ["Mara", "Case", "1983-04-12", "12 Old Mill Road", "555-0142", ""];

    [Theory]
    [InlineData("mara-case")]
    [InlineData("CASE.MARA.2")]
    [InlineData("old_mill")]
    [InlineData("C-1983.04.12")]
    [InlineData("19830412")]
    [InlineData("x5550142")]
    public void Names_ReferenceWithTheRecordInIt_IsTrue(string reference)
    {
        Assert.True(CaseReferences.Names(reference, Record));
    }

    [Theory]
    [InlineData("case-2024-0117")]
    [InlineData("1983-17")]
    [InlineData("intake.team_4")]
    [InlineData("12")]
    public void Names_ReferenceOfACase_IsFalse(string reference)
    {
        Assert.False(CaseReferences.Names(reference, Record));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-1.b_2", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void IsReference_Text_IsOfFewCharacters(string text, bool expected)
    {
        Assert.Equal(expected, CaseReferences.IsReference(text));
        Assert.Equal(expected, CaseReferences.IsReference(text.PadRight(64, 'x')) && text.Length > 0);
        Assert.False(CaseReferences.IsReference(text.PadRight(65, 'x')));
    }
}
