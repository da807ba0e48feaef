namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Runs alone: the memory of the process is measured, and it must be that of one test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FuzzAlone : ICollectionFixture<Services.Exchange.Support.EncodedPeople>
{
    public const string Name = "fuzz";
}
