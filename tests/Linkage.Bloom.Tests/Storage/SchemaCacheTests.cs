using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public sealed class SchemaCacheTests
{
    private readonly SchemaCache _cache = new();

    [Fact]
    public void Read_SameTextTwice_GivesTheSameSchema()
    {
        byte[] text = Text("one");

        SchemaFacts first = _cache.Read(text);

        Assert.Same(first, _cache.Read(text));
        Assert.Equal(first.Schema.EncodingFingerprint, first.EncodingFingerprint);
        Assert.Equal(first.Schema.LinkageFingerprint, first.LinkageFingerprint);
        Assert.Equal(text, first.Json);
    }

    [Fact]
    public void Read_TextsThatDifferInALetter_GivesTwoSchemas()
    {
        SchemaFacts one = _cache.Read(Text("one"));
        SchemaFacts other = _cache.Read(Text("onf"));

        Assert.Equal("one", one.Schema.Name);
        Assert.Equal("onf", other.Schema.Name);
        Assert.NotEqual(one.LinkageFingerprint, other.LinkageFingerprint);
    }

    [Fact]
    public void Read_CopyOfTheSchema_HasFingerprintsOfItsOwn()
    {
        LinkageSchema schema = _cache.Read(Text("one")).Schema;
        LinkageSchema copy = schema with { Name = "other", BlockLimit = schema.BlockLimit + 1 };

        Assert.Equal(LinkageSchema.Parse(copy.ToUtf8Json()).EncodingFingerprint, copy.EncodingFingerprint);
        Assert.Equal(LinkageSchema.Parse(copy.ToUtf8Json()).LinkageFingerprint, copy.LinkageFingerprint);
        Assert.NotEqual(schema.EncodingFingerprint, copy.EncodingFingerprint);
        Assert.Equal(LinkageSchema.Parse(Text("one")).EncodingFingerprint, schema.EncodingFingerprint);
        Assert.Equal(LinkageSchema.Parse(Text("one")).LinkageFingerprint, schema.LinkageFingerprint);
    }

    [Fact]
    public void Read_MoreSchemasThanAreKept_ForgetsTheOldestAndReadsItAgain()
    {
        SchemaFacts first = _cache.Read(Text("0"));
        SchemaFacts second = _cache.Read(Text("1"));
        for (int i = 2; i <= SchemaCache.MostSchemas; i++)
        {
            _ = _cache.Read(Text($"{i}"));
        }

        Assert.Same(second, _cache.Read(Text("1")));
        SchemaFacts again = _cache.Read(Text("0"));
        Assert.NotSame(first, again);
        Assert.Equal(first.LinkageFingerprint, again.LinkageFingerprint);
    }

    [Fact]
    public void Read_LongText_IsNotKept()
    {
        byte[] text = Text("long", new string('x', SchemaCache.MostBytes));

        Assert.NotSame(_cache.Read(text), _cache.Read(text));
    }

    [Fact]
    public void Read_TextThatIsNoSchema_IsRefusedEachTime()
    {
        byte[] text = Encoding.UTF8.GetBytes("""{"format":"linkage-schema/1","fields":[]}""");

        Assert.Throws<LinkageSchemaException>(() => _cache.Read(text));
        Assert.Throws<LinkageSchemaException>(() => _cache.Read(text));
    }

    private static byte[] Text(string name, string notes = "") =>
        (Samples.People with { Name = name, Notes = notes }).ToUtf8Json();
}
