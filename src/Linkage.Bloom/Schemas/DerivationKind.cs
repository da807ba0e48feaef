namespace Linkage.Bloom.Schemas;

/// <summary>How a pass makes a part of its block key from a field.</summary>
internal enum DerivationKind
{
    /// <summary>The whole normalized value of a field named in the schema.</summary>
    Whole = 0,
    F, F1, F3, FS,
    L, L1, L3, LS,
    NS,
    D, Dx, Y, YM, MD, MDx, YD,
    S,
    Z, Z3, Z4,
    A, ASx,
    N,
    P,
}
