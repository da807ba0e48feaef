namespace Linkage.Sidecar.Storage;

/// <summary>The store refuses a change and has changed nothing; the message names no value of a record.</summary>
internal sealed class StoreRefusedException : Exception
{
    public StoreRefusedException(StoreRefusal refusal, string message)
        : base(message)
    {
        Refusal = refusal;
    }

    /// <summary>Why.</summary>
    public StoreRefusal Refusal { get; }
}
