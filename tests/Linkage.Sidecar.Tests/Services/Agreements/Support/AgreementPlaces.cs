using Linkage.Sidecar.Tests.Services.Runs.Support;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements.Support;

/// <summary>
/// Linked projects of a store: two that calls leave as they are, by the output of their terms, and one for every call
/// that would change what the next one finds.
/// </summary>
internal sealed class AgreementPlaces
{
    private readonly Dictionary<string, Place> _ownOf = [];

    /// <summary>The calls that have a project of their own, by their names.</summary>
    public static IReadOnlyList<string> Changing { get; } =
        ["DiscardUpload", "StartRun", "WithdrawParty", "DeleteProject", "ProposeAgreement"];

    public required Place LinkIds { get; init; }

    public required Place Groups { get; init; }

    public IEnumerable<string> ProjectIds =>
        [LinkIds.ProjectId, Groups.ProjectId, .. _ownOf.Values.Select(place => place.ProjectId)];

    /// <summary>Links them all.</summary>
    public static async Task<AgreementPlaces> LinkAsync(RunBench bench, RunPeople people)
    {
        AgreementPlaces places = new()
        {
            LinkIds = await PlaceAsync(bench, people, Stored.OutputType.LinkIds),
            Groups = await PlaceAsync(bench, people, Stored.OutputType.Groups),
        };
        foreach (string call in Changing)
        {
            places._ownOf.Add(call, await PlaceAsync(bench, people, Stored.OutputType.LinkIds));
        }

        return places;
    }

    /// <summary>The project that a call by its name has for itself; null if it has none.</summary>
    public Place? OwnOf(string call) => _ownOf.GetValueOrDefault(
        call is "SignAgreement" or "WithdrawFromAgreement" ? "ProposeAgreement" : call);

    private static async Task<Place> PlaceAsync(RunBench bench, RunPeople people, Stored.OutputType output)
    {
        (Stored.Project project, string run) = await bench.LinkAnotherAsync(people, output);
        Stored.Upload upload =
            bench.Store.Uploads.Page(project.Id, "health", Stored.ListCursor.Start, limit: 1).Single();
        return new Place(project.Id, upload.Id, run);
    }

    /// <summary>A project, health's upload to it, and its run.</summary>
    internal sealed record Place(string ProjectId, string UploadId, string RunId);
}
