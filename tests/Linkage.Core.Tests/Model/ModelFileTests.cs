using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Model;
using Linkage.Core.Tests.Reporting;

namespace Linkage.Core.Tests.Model;

public sealed class ModelFileTests
{
    private const string Good =
        """
        {
          "format": "linkage-model/1",
          "linkageFingerprint": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
          "prior": 0.1,
          "comparisons": [
            {
              "name": "first",
              "levels": [
                { "name": "else", "m": 0.25, "u": 0.875, "outOfOrder": false },
                { "name": "equal", "m": 0.75, "u": 0.125, "outOfOrder": true }
              ]
            }
          ],
          "nonMatchKinds": [
            { "pass": "names", "share": 1, "u": [[0.75, 0.25]] }
          ]
        }
        """;

    [Fact]
    public void Load_SavedModel_IsTheSame() => Prop.ForAll(Models.Any, model =>
    {
        using var folder = new ScratchFolder();
        string path = folder["model.json"];
        model.Save(path);
        return Models.AreSame(model, FellegiSunterModel.Load(path));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Save_LoadedModel_GivesTheSameBytes() => Prop.ForAll(Models.Any, model =>
    {
        using var folder = new ScratchFolder();
        model.Save(folder["a.json"]);
        FellegiSunterModel.Load(folder["a.json"]).Save(folder["b.json"]);
        return File.ReadAllBytes(folder["a.json"]).AsSpan().SequenceEqual(File.ReadAllBytes(folder["b.json"]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_WrittenByHand_ReadsEveryMember()
    {
        FellegiSunterModel model = Load(Good);

        Assert.StartsWith("0123", model.LinkageFingerprint, StringComparison.Ordinal);
        Assert.Equal(0.1, model.PriorMatchProbability);
        ComparisonModel comparison = Assert.Single(model.Comparisons);
        Assert.Equal("first", comparison.Name);
        Assert.Equal(
            [new LevelModel("else", 0.25, 0.875, false), new LevelModel("equal", 0.75, 0.125, true)],
            comparison.Levels);
        Assert.True(Models.AreSame(model, Load("\uFEFF" + Good)));
    }

    [Theory]
    [InlineData("linkage-model/1", "linkage-model/2", "format")]
    [InlineData("\"format\": \"linkage-model/1\",", "", "format")]
    [InlineData("0123456789abcdef\"", "0123456789ABCDEF\"", "linkageFingerprint")]
    [InlineData("0123456789abcdef\"", "\"", "linkageFingerprint")]
    [InlineData("\"prior\": 0.1", "\"prior\": 0", "prior")]
    [InlineData("\"prior\": 0.1", "\"prior\": 1", "prior")]
    [InlineData("\"prior\": 0.1", "\"prior\": 1e999", "prior")]
    [InlineData("\"prior\": 0.1", "\"prior\": \"0.1\"", "prior")]
    [InlineData("\"prior\": 0.1,", "", "prior")]
    [InlineData("\"prior\": 0.1,", "\"prior\": 0.1, \"prior\": 0.2,", "line")]
    [InlineData("\"prior\": 0.1,", "\"prior\": 0.1, \"extra\": 1,", "file")]
    [InlineData("\"name\": \"first\"", "\"name\": \"\"", "comparisons[0].name")]
    [InlineData("\"name\": \"first\"", "\"name\": null", "comparisons[0].name")]
    [InlineData("\"name\": \"first\"", "\"name\": \"\\uD800\"", "file")]
    [InlineData("\"name\": \"equal\"", "\"name\": \"\"", "comparisons[0].levels[1].name")]
    [InlineData("\"m\": 0.25", "\"m\": 0.26", "comparisons[0].levels")]
    [InlineData("\"u\": 0.125", "\"u\": 0.124", "comparisons[0].levels")]
    [InlineData("\"m\": 0.25", "\"m\": -0.25", "comparisons[0].levels[0].m")]
    [InlineData("\"u\": 0.125", "\"u\": 0", "comparisons[0].levels[1].u")]
    [InlineData("\"u\": 0.125, ", "", "comparisons[0].levels[1].u")]
    [InlineData("\"outOfOrder\": true", "\"outOfOrder\": 1", "comparisons[0].levels[1].outOfOrder")]
    [InlineData("\"outOfOrder\": true", "\"outOfOrder\": true, \"p\": 1", "comparisons[0].levels[1]")]
    [InlineData("\"share\": 1", "\"share\": 0", "nonMatchKinds[0].share")]
    [InlineData("\"share\": 1", "\"share\": 0.5", "nonMatchKinds")]
    [InlineData("\"pass\": \"names\", ", "", "nonMatchKinds[0].pass")]
    [InlineData("[[0.75, 0.25]]", "[]", "nonMatchKinds[0].u")]
    [InlineData("[[0.75, 0.25]]", "[[0.75, 0.2]]", "nonMatchKinds[0].u[0]")]
    [InlineData("[[0.75, 0.25]]", "[[0.75, \"x\"]]", "nonMatchKinds[0].u[0][1]")]
    [InlineData("[[0.75, 0.25]]", "[[1]]", "nonMatchKinds[0].u[0]")]
    [InlineData("\"comparisons\": [", "\"comparisons\": [ 1,", "comparisons[0]")]
    [InlineData("\"levels\": [", "\"levels\": [], \"levels\": [", "line")]
    [InlineData("]\n    }\n  ]", "]\n    }", "line")]
    public void Load_BrokenFile_NamesThePlace(string part, string replacement, string place)
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);

        FormatException error = Assert.Throws<FormatException>(
            () => Load(Good.Replace(part, replacement, StringComparison.Ordinal)));

        Assert.StartsWith($"model: {place}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ComparisonTwice_NamesThePlace()
    {
        int start = Good.IndexOf("    {\n      \"name\": \"first\"", StringComparison.Ordinal);
        string comparison = Good[start..(Good.LastIndexOf("    }", StringComparison.Ordinal) + 5)];
        string twice = Good.Replace(comparison, $"{comparison},\n{comparison}", StringComparison.Ordinal);

        FormatException error = Assert.Throws<FormatException>(() => Load(twice));

        Assert.StartsWith("model: comparisons[1].name", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"a\": ")]
    [InlineData("[[[[[[[[[[[[1]]]]]]]]]]]]")]
    public void Load_NotAModel_IsRefused(string text) => Assert.Throws<FormatException>(() => Load(text));

    [Fact]
    public void Load_HugeFile_IsRefused() =>
        Assert.Throws<FormatException>(() => Load(Good + new string(' ', 1 << 20)));

    [Fact]
    public void Load_CutAnywhere_IsRefused()
    {
        for (int length = 0; length < Good.TrimEnd().Length; length += 7)
        {
            Assert.Throws<FormatException>(() => Load(Good[..length]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(-0.5)]
    public void Save_ImpossiblePrior_LeavesTheOlderFile(double prior)
    {
        using var folder = new ScratchFolder();
        string path = folder["model.json"];
        Models.Smallest.Save(path);
        string before = File.ReadAllText(path);

        Assert.Throws<InvalidOperationException>(
            () => (Models.Smallest with { PriorMatchProbability = prior }).Save(path));

        Assert.Equal(before, File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static FellegiSunterModel Load(string text)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["model.json"], text, new UTF8Encoding(false));
        return FellegiSunterModel.Load(folder["model.json"]);
    }
}
