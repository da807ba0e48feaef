namespace Grpc.Core;

/// <summary>What the four kinds of calls share behind their handles. Disposing cancels an open call.</summary>
internal interface IClientCall : IDisposable
{
    Task<Metadata> ResponseHeadersAsync { get; }

    Status GetStatus();

    Metadata GetTrailers();
}
