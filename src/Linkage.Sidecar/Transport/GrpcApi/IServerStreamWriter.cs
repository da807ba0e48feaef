namespace Grpc.Core;

/// <summary>The messages that a service sends.</summary>
internal interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
