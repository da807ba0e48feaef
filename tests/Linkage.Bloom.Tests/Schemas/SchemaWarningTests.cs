using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

public sealed class SchemaWarningTests
{
    private const string WeakSeparation = "look like strangers";

    [Fact]
    public void FindWarnings_DefaultCuts_DoNotSpeakOfSeparation()
    {
        Assert.DoesNotContain(
            Samples.People.FindWarnings(), warning => warning.Contains(WeakSeparation, StringComparison.Ordinal));
    }

    [Fact]
    public void FindWarnings_CutThatOneTypingErrorOftenMisses_NamesTheField()
    {
        FieldSchema[] fields =
        [
            .. Samples.People.Fields.Select(f => f.Kind == FieldKind.Date ? f with { Cuts = [0.78] } : f),
        ];
        LinkageSchema strict = Samples.People with { Fields = fields };

        string date = fields.First(field => field.Kind == FieldKind.Date).Name;
        string warning = Assert.Single(
            strict.FindWarnings(), warning => warning.Contains(WeakSeparation, StringComparison.Ordinal));
        Assert.Contains($"field {date}:", warning, StringComparison.Ordinal);
    }
}
