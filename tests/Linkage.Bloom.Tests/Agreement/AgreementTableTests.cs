using Linkage.Bloom.Agreement;

namespace Linkage.Bloom.Tests.Agreement;

public class AgreementTableTests
{
    [Fact]
    public void Find_Comparison_IsItsRowOrNone()
    {
        ComparisonAgreement row = new("dob", [new(4_940, 4_950), new(10, 4_950)]);
        AgreementTable table = new([row]);

        Assert.Same(row, table.Find("dob"));
        Assert.Null(table.Find("DOB"));
    }
}
