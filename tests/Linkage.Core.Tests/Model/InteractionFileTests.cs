using System.Text;
using Linkage.Core.Model;
using Linkage.Core.Tests.Reporting;

namespace Linkage.Core.Tests.Model;

public sealed class InteractionFileTests
{
    private static readonly LevelModel[] Levels =
        [new LevelModel("else", 0.25, 0.875, false), new LevelModel("equal", 0.75, 0.125, false)];

    private static readonly double[] Tables = [0.1, 0.15, 0.25, 0.5, 0.25, 0.75, 0.4, 0.6];

    private static FellegiSunterModel Model { get; } = new()
    {
        LinkageFingerprint = new string('a', 64),
        PriorMatchProbability = 0.1,
        Comparisons =
        [
            new ComparisonModel("given", Levels) { Fixed = FixedProbabilities.M, Note = "as counted in 2024" },
            new ComparisonModel("family", Levels),
            new ComparisonModel("birth", Levels) { Fixed = FixedProbabilities.Both },
        ],
        NonMatchKinds = [new NonMatchKind("all", 1, [[0.875, 0.125], [0.875, 0.125], [0.875, 0.125]])],
        Interactions = [new InteractionModel("given", "birth", Tables, [Tables])],
        Note = "pilot",
    };

    [Fact]
    public void Load_SavedModel_HasEveryMember()
    {
        using var folder = new ScratchFolder();
        Model.Save(folder["model.json"]);

        FellegiSunterModel loaded = FellegiSunterModel.Load(folder["model.json"]);

        Assert.True(Models.AreSame(Model, loaded));
        InteractionModel joint = Assert.Single(loaded.Interactions);
        Assert.Equal(("given", "birth"), (joint.First, joint.Second));
        Assert.Equal(Tables, joint.MProbabilities);
        Assert.Equal(Tables, Assert.Single(joint.UProbabilities));
    }

    [Theory]
    [InlineData("\"fixed\": \"m\"", "\"fixed\": \"\"", "comparisons[0].fixed")]
    [InlineData("\"fixed\": \"m\"", "\"fixed\": \"M\"", "comparisons[0].fixed")]
    [InlineData("\"fixed\": \"m\"", "\"fixed\": 1", "comparisons[0].fixed")]
    [InlineData("\"note\": \"pilot\"", "\"note\": null", "note")]
    [InlineData("\"first\": \"given\"", "\"first\": \"gone\"", "interactions[0]")]
    [InlineData("\"first\": \"given\"", "\"first\": \"birth\"", "interactions[0]")]
    [InlineData("\"second\": \"birth\"", "\"second\": \"given\"", "interactions[0]")]
    [InlineData("\"second\": \"birth\"", "\"third\": \"birth\"", "interactions[0]")]
    [InlineData("0.15", "0.16", "interactions[0].m")]
    [InlineData("0.15", "0", "interactions[0].m")]
    [InlineData("0.4", "\"x\"", "interactions[0].m[6]")]
    public void Load_BrokenFile_NamesThePlace(string part, string replacement, string place)
    {
        using var folder = new ScratchFolder();
        Model.Save(folder["model.json"]);
        string text = File.ReadAllText(folder["model.json"]);
        int at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0);
        File.WriteAllText(
            folder["model.json"],
            string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + part.Length)),
            new UTF8Encoding(false));

        FormatException error = Assert.Throws<FormatException>(() => FellegiSunterModel.Load(folder["model.json"]));

        Assert.StartsWith($"model: {place}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_ComparisonInTwoInteractions_IsRefused()
    {
        using var folder = new ScratchFolder();
        FellegiSunterModel twice = Model with
        {
            Interactions = [.. Model.Interactions, new InteractionModel("family", "birth", Tables, [Tables])],
        };

        Assert.Throws<InvalidOperationException>(() => twice.Save(folder["model.json"]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
