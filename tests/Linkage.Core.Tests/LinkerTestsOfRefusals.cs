using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests;

/// <summary>What cannot be linked is refused, in words that say why and give nothing away.</summary>
public sealed class LinkerTestsOfRefusals
{
    private const string Canary = "canary";

    private static LinkageSchema Schema => SmallSchemas.TwoNumbers;

    private static readonly string?[][] Rows =
    [
        .. Enumerable.Range(0, 5).Select(
            i => (string?[])[$"{7000 + i}", $"{8000 + i}", $"{Canary}{(char)('a' + i)}"]),
    ];

    private static void ExpectRefusal(EncodedProject project, string words, LinkerOptions? options = null)
    {
        EncodingFormatException error =
            Assert.Throws<EncodingFormatException>(() => Linker.Link(project.Files, options));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        ExpectNothingGivenAway(project, error);
    }

    private static void ExpectNothingGivenAway(EncodedProject project, Exception error)
    {
        string text = error.ToString();
        Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);
        foreach (EncodedFile file in project.Files)
        {
            for (int record = 0; record < file.Header.RecordCount; record++)
            {
                string handle = Convert.ToHexStringLower(file.Merge.Handle(record));
                Assert.DoesNotContain(handle, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Rows[record][0]!, error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static void AddTwo(
        EncodedProject project, LinkageSchema? schema = null, Func<EncodedProject, LinkageKey>? key = null)
    {
        project.Add("left", Rows);
        using LinkageKey second = key is null ? project.FixedKey() : key(project);
        project.Add("right", Rows, schema ?? Schema, second);
    }

    [Fact]
    public void Link_TwoFilesOfOneParty_AreRefused()
    {
        using var project = new EncodedProject(Schema);
        project.Add("left", Rows);
        project.Add("right", Rows);
        project.Add("left", Rows);

        ExpectRefusal(project, "are both of party left");
    }

    [Fact]
    public void Link_OtherEncoding_IsRefused()
    {
        LinkageSchema other = Schema with
        {
            Fields = [.. Schema.Fields.Take(2), Schema.Fields[2] with { Weight = 300 }],
        };
        using var project = new EncodedProject(Schema);
        AddTwo(project, other);

        ExpectRefusal(project, "different schemas");
    }

    [Fact]
    public void Link_OtherKey_IsRefused()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project, key: _ => LinkageKey.Generate("tests"));

        ExpectRefusal(project, "different keys");
    }

    [Fact]
    public void Link_OtherProject_IsRefused()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project, key: made => made.KeyOfProject("others"));

        ExpectRefusal(project, "different projects");
    }

    [Fact]
    public void Link_OtherEpoch_IsRefused()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project, key: made => made.KeyOfEpoch(2));

        ExpectRefusal(project, "different epochs");
    }

    [Fact]
    public void Link_OtherThresholds_AreRefusedUnlessASchemaIsNamed()
    {
        LinkageSchema other = Schema with { Thresholds = new DecisionThresholds(0.9, 0.2) };
        using var project = new EncodedProject(Schema);
        AddTwo(project, other);

        ExpectRefusal(project, "linkage fingerprints differ");
        Assert.Same(other, Linker.Link(project.Files, new LinkerOptions { Schema = other }).Schema);
    }

    [Fact]
    public void Link_NamedSchemaOfAnotherEncoding_IsRefused()
    {
        LinkageSchema other = Schema with { BlockLimit = 60 };
        using var project = new EncodedProject(Schema);
        AddTwo(project);

        ExpectRefusal(project, "different encoding fingerprints", new LinkerOptions { Schema = other });
    }

    [Fact]
    public void Link_ModelOfAnotherSchema_IsRefused()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project);
        FellegiSunterModel model = Linker.Link(project.Files).Model;

        FellegiSunterModel other = model with { LinkageFingerprint = "other" };
        FellegiSunterModel shorter = model with { Comparisons = [model.Comparisons[0]] };
        ExpectRefusal(project, "another schema", new LinkerOptions { Model = other });
        ExpectRefusal(project, "another schema", new LinkerOptions { Model = shorter });
    }

    [Fact]
    public void Link_DuplicatesOfAnUnknownParty_AreRefused()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project);

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Linker.Link(project.Files, new LinkerOptions { DuplicateParties = ["right", "nobody"] }));

        Assert.Contains("nobody", error.Message, StringComparison.Ordinal);
        ExpectNothingGivenAway(project, error);
    }

    [Fact]
    public void Link_UnusableArguments_Throw()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project);
        EncodedFile[] files = project.Files;

        Assert.Throws<ArgumentNullException>(() => Linker.Link(null!));
        Assert.ThrowsAny<ArgumentException>(() => Linker.Link([]));
        Assert.ThrowsAny<ArgumentException>(() => Linker.Link([files[0], null!]));
        Assert.ThrowsAny<ArgumentException>(
            () => Linker.Link([.. Enumerable.Repeat(files[0], SchemaLimits.MaxParties + 1)]));
        Assert.ThrowsAny<ArgumentException>(
            () => Linker.Link(files, new LinkerOptions { Estimation = new EmOptions { MaxIterations = 0 } }));
        Assert.ThrowsAny<ArgumentException>(() => Linker.Link(files, new LinkerOptions { OneToOne = (OneToOneMode)9 }));
        Assert.ThrowsAny<ArgumentException>(() => Linker.Link(files, new LinkerOptions { KeepWeight = double.NaN }));
    }

    [Fact]
    public void Record_NumberOutOfRange_IsAWrongArgument()
    {
        using var project = new EncodedProject(Schema);
        AddTwo(project);
        LinkResult result = Linker.Link(project.Files);

        foreach (int record in (int[])[-1, result.RecordCount, int.MaxValue])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => result.Record(record));
            Assert.Throws<ArgumentOutOfRangeException>(() => result.EntityOf(record));
        }
    }
}
