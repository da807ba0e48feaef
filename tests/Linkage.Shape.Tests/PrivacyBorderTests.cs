using System.Text.RegularExpressions;
using Linkage.Bloom.Schemas;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Core sees encodings, never plaintext or keys: it names nothing of the rooms that hold them.</summary>
public sealed partial class PrivacyBorderTests
{
    private static readonly string[] PlaintextRooms =
    [
        "Linkage.Bloom.Normalization",
        "Linkage.Bloom.Tokens",
        "Linkage.Bloom.Keys",
        "Linkage.Bloom.Hashing",
        "Linkage.Bloom.Protection",
    ];

    [Fact]
    public void Core_TypeReferences_NoneIntoPlaintextRooms()
    {
        Report.FailOnAny(
            AssemblyMetadata.ReadOurs("Linkage.Core").TypesIn(PlaintextRooms),
            "Linkage.Core uses types from beyond the privacy border:");
    }

    [Fact]
    public void Core_SourceText_DoesNotMentionPlaintextRooms()
    {
        // Metadata keeps no trace of a constant, nameof or cref; the text does.
        IEnumerable<string> mentions =
            from file in Repository.Files(".cs", "src/Linkage.Core")
            from line in Repository.ReadLines(file).Index()
            where PlaintextRoom().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}";

        Report.FailOnAny(mentions, "Linkage.Core mentions rooms from beyond the privacy border:");
    }

    [Fact]
    public void TypesIn_AssemblyThatUsesTheNamespace_FindsTheUse()
    {
        // This very assembly, by the next line, uses a type of Bloom; the walker must see it.
        Assert.Equal("Linkage.Bloom.Schemas", typeof(FieldKind).Namespace);

        AssemblyMetadata own = AssemblyMetadata.ReadOurs("Linkage.Shape.Tests");

        Assert.Contains("Linkage.Bloom.Schemas.FieldKind", own.TypesIn("Linkage.Bloom.Schemas"));
        Assert.Contains("Linkage.Bloom.Schemas.FieldKind", own.TypesIn("Linkage.Bloom"));
        Assert.Empty(own.TypesIn("Linkage.Bloom.Schema"));
    }

    [Fact]
    public void TypesIn_NestedType_CountsWithItsOuterNamespace()
    {
        AssemblyMetadata own = AssemblyMetadata.ReadOurs("Linkage.Shape.Tests");
        Environment.SpecialFolder nested = Environment.SpecialFolder.Desktop;

        Assert.True(Enum.IsDefined(nested));
        Assert.Contains("System.Environment+SpecialFolder", own.TypesIn("System"));
    }

    [Theory]
    [InlineData("using Linkage.Bloom.Keys;", true)]
    [InlineData("/// <see cref=\"Linkage.Bloom.Tokens.QGram\"/>", true)]
    [InlineData("Bloom.Hashing.Something()", true)]
    [InlineData("global::Linkage . Bloom . Protection", true)]
    [InlineData("using Linkage.Bloom.Similarity;", false)]
    [InlineData("using Linkage.Bloom.KeysAndMore;", false)]
    public void PlaintextRoom_Line_IsRecognized(string line, bool expected)
    {
        Assert.Equal(expected, PlaintextRoom().IsMatch(line));
    }

    [GeneratedRegex(@"\bBloom\s*\.\s*(Normalization|Tokens|Keys|Hashing|Protection)\b")]
    private static partial Regex PlaintextRoom();
}
