using Linkage.Synthetic;

namespace Linkage.Core.Tests.Support;

/// <summary>Two parties of 800 people, encoded once for a test class.</summary>
public sealed class EncodedPeople : IDisposable
{
    internal PeopleProject People { get; } =
        PeopleProject.Generate(new PeopleOptions { PeoplePerAgency = 800, Agencies = 2, Seed = 5 });

    public void Dispose() => People.Dispose();
}
