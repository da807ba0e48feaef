using Grpc.Core;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Puts a unit's link ids and the owner's source ids together.</summary>
internal sealed class LinkResolver(OwnerFiles files)
{
    private const int MostLinksPerMessage = 10_000;
    private const string MapField = "map_file_name";

    /// <summary>Answers message by message, in the order asked.</summary>
    /// <exception cref="RpcException">A handle is none of the map's, or the map cannot be used.</exception>
    public async Task ResolveAsync(
        IAsyncStreamReader<ResolveRequest> requests,
        IServerStreamWriter<ResolveResponse> answers,
        CancellationToken cancellation)
    {
        SourceMap? map = null;
        string mapName = string.Empty;
        long before = 0;
        while (await requests.MoveNext(cancellation))
        {
            ResolveRequest request = requests.Current;
            if (map is null)
            {
                mapName = request.MapFileName;
                string path = files.Map(mapName, MapField);
                map = await Task.Run(() => SourceMap.Load(path, cancellation), cancellation);
            }
            else if (request.MapFileName.Length > 0 && request.MapFileName != mapName)
            {
                throw OwnerError.BadField(MapField, "names another map than the first message");
            }

            await answers.WriteAsync(Resolve(map, request, before), cancellation);
            before += request.Links.Count;
        }
    }

    private static ResolveResponse Resolve(SourceMap map, ResolveRequest request, long before)
    {
        if (request.Links.Count > MostLinksPerMessage)
        {
            throw OwnerError.BadField("links", "has more than 10,000 links");
        }

        ResolveResponse response = new();
        for (int i = 0; i < request.Links.Count; i++)
        {
            OwnLink link = request.Links[i];
            string path = FormattableString.Invariant($"links[{i}]");
            if (!SourceMap.TryParse(link.LinkId, out _))
            {
                throw OwnerError.BadRecord(before + i, $"{path}.link_id", "has a link id that is none");
            }

            string sourceId = map.Find(link.Handle)
                ?? throw OwnerError.BadRecord(before + i, $"{path}.handle", "has a handle that the map does not have");
            response.Links.Add(new ResolvedLink { SourceId = sourceId, LinkId = link.LinkId });
        }

        return response;
    }
}
