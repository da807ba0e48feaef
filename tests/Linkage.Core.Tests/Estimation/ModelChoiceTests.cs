using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

public sealed class ModelChoiceTests
{
    private static EmParameters None { get; } = new([], []);

    /// <summary>"Matches" that differ in two of three comparisons.</summary>
    private static FittedModel Strangers { get; } = new(
        TestModels.TwoKinds with
        {
            Comparisons = [Levels("first", 0.96), Levels("birth", 0.97), Levels("home", 0.10)],
        },
        new EmFit("strangers", 10, true, 0, -1, 0.6, 0, false),
        None);

    private static ComparisonModel Levels(string name, double unlike) =>
        new(name, [new LevelModel("else", unlike, 0.9, false), new LevelModel("equal", 1 - unlike, 0.1, false)]);

    private static FittedModel Fitted(string start, double excess, double prior) =>
        new(TestModels.TwoKinds, new EmFit(start, 10, true, 0, -1, prior, excess, false), None);

    [Theory]
    [InlineData(0.02, 0.060, 0.02, 0.060, "kinds")] // both find persons
    [InlineData(0.02, 0.066, 0.02, 0.060, "kinds")] // kinds find more
    [InlineData(0.02, 0.050, 0.02, 0.060, "crowd")] // a kind has taken matches
    [InlineData(0.001, 0.0998, 0.0034, 0.1079, "crowd")] // the kind of a pass on an identifier has taken some
    [InlineData(0.00, 0.050, 0.04, 0.115, "kinds")] // the crowd's further matches are households
    [InlineData(0.91, 0.870, 0.02, 0.033, "crowd")] // kinds found strangers
    [InlineData(0.02, 0.060, 0.45, 0.150, "kinds")] // the crowd found households
    [InlineData(0.50, 0.060, 0.40, 0.060, "crowd")] // neither finds persons: the lesser evil
    [InlineData(0.40, 0.060, 0.50, 0.060, "kinds")]
    public void Choose_TwoFamilies_PrefersTheOneThatFindsPersons(
        double kindsExcess, double kindsPrior, double crowdExcess, double crowdPrior, string expected)
    {
        FittedModel chosen = ModelEstimator.Choose(
            Fitted("kinds", kindsExcess, kindsPrior), Fitted("crowd", crowdExcess, crowdPrior));

        Assert.Equal(expected, chosen.Fit.Start);
    }

    [Fact]
    public void Choose_MatchesThatDifferInMostComparisons_PrefersFewMatches()
    {
        FittedModel nobody = Fitted("nobody", 0, 0.0003);

        Assert.Equal("nobody", ModelEstimator.Choose(Strangers, nobody).Fit.Start);
        Assert.Equal("nobody", ModelEstimator.Choose(nobody, Strangers).Fit.Start);
    }
}
