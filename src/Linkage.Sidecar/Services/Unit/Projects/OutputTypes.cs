using Contract = Linkage.V1.OutputType;
using Stored = Linkage.Sidecar.Storage.OutputType;

namespace Linkage.Sidecar.Services.Unit.Projects;

/// <summary>Output types in store and contract.</summary>
internal static class OutputTypes
{
    /// <summary>As the contract has it.</summary>
    public static Contract ToContract(Stored output) => output switch
    {
        Stored.LinkIds => Contract.OwnLinkIds,
        Stored.Groups => Contract.Groups,
        Stored.PermutationAndMask => Contract.PermutationAndMask,
        _ => Contract.Counts,
    };

    /// <summary>As it is stored; null for one that cannot be agreed on.</summary>
    public static Stored? ToStored(Contract output) => output switch
    {
        Contract.OwnLinkIds => Stored.LinkIds,
        Contract.Groups => Stored.Groups,
        Contract.PermutationAndMask => Stored.PermutationAndMask,
        Contract.Counts => Stored.Counts,
        _ => null,
    };
}
