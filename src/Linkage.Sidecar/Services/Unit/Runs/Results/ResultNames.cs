using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>What the results of a run are called in the store.</summary>
internal static class ResultNames
{
    public const string Summary = "summary.json";
    public const string Groups = "groups";
    public const string AllGroups = "groups-all";
    public const string LinkedGroups = "groups-linked";
    public const string Pairs = "pairs";
    public const string Mask = "mask";

    /// <summary>The link id of every record, for lookups; nobody is handed it.</summary>
    public const string AllLinks = AddedStore.LinksResult;

    /// <summary>How a run decided, so that its entities can be carried on.</summary>
    public const string Basis = "basis.json";

    /// <summary>The link ids of a party's own records.</summary>
    public static string OwnLinks(string party) => $"own-links/{party}";

    /// <summary>The places of a party's own records.</summary>
    public static string Placement(string party) => $"placement/{party}";
}
