using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>A pass as the model of completeness sees it.</summary>
/// <param name="Parts">The parts of its key.</param>
/// <param name="Dropped">Share of records in blocks over the limit.</param>
internal readonly record struct CompletenessPass(KeyPart[] Parts, double Dropped);
