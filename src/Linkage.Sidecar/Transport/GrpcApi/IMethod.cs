namespace Grpc.Core;

/// <summary>A method of a service, without its message types.</summary>
internal interface IMethod
{
    MethodType Type { get; }

    string ServiceName { get; }

    string Name { get; }

    /// <summary>The path of the call: <c>/service/method</c>.</summary>
    string FullName { get; }
}
