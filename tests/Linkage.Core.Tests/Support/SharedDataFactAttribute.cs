namespace Linkage.Core.Tests.Support;

/// <summary>A fact about data that lie beside the repository; skipped where they are absent, never on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        bool isContinuousIntegration = Environment.GetEnvironmentVariable("CI") == "true";
        if (!isContinuousIntegration && !Directory.Exists(Repository.SharedData))
        {
            Skip = "The shared test data are not beside the repository.";
        }
    }
}
