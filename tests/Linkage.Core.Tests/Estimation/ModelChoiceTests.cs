using Linkage.Core.Estimation;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

public sealed class ModelChoiceTests
{
    private static FittedModel Fitted(string start, double excess, double prior) =>
        new(TestModels.TwoKinds, new EmFit(start, 10, true, 0, -1, prior, excess, false));

    [Theory]
    [InlineData(0.02, 0.060, 0.02, 0.060, "kinds")] // both find persons
    [InlineData(0.02, 0.066, 0.02, 0.060, "kinds")] // kinds find more
    [InlineData(0.02, 0.050, 0.02, 0.060, "crowd")] // a kind has taken matches
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
}
