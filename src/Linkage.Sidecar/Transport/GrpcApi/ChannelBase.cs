namespace Grpc.Core;

/// <summary>A way to a server.</summary>
internal abstract class ChannelBase
{
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The address of the server.</summary>
    public string Target { get; }

    public abstract CallInvoker CreateCallInvoker();
}
