namespace Grpc.Core;

/// <summary>What generated clients have in common.</summary>
internal abstract class ClientBase
{
    private readonly ClientBaseConfiguration _configuration;

    protected ClientBase()
        : this(new ClientBaseConfiguration(null))
    {
    }

    protected ClientBase(ChannelBase channel)
        : this(channel.CreateCallInvoker())
    {
    }

    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker))
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _configuration = configuration;
    }

    protected CallInvoker CallInvoker => _configuration.Invoker
        ?? throw new InvalidOperationException("The client was made without a channel.");

    /// <summary>What a client is made of.</summary>
    protected internal sealed class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker? invoker)
        {
            Invoker = invoker;
        }

        internal CallInvoker? Invoker { get; }
    }
}
