using Linkage.Bloom.Blocking;
using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Proposal;

/// <summary>A proposed schema and how it came about.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Decisions">One for each column.</param>
/// <param name="Passes">What each pass will cost, in the schema's order.</param>
/// <param name="Completeness">What the passes together promise.</param>
/// <param name="Records">Records of the file.</param>
internal sealed record SchemaProposal(
    LinkageSchema Schema,
    IReadOnlyList<ColumnDecision> Decisions,
    IReadOnlyList<PassProposal> Passes,
    IReadOnlyList<PredictedCompleteness> Completeness,
    long Records);
