namespace Linkage.Sidecar.Audit;

/// <summary>How often something of a party was disclosed.</summary>
/// <param name="Key">What the disclosures have in common.</param>
/// <param name="Answers">How many answers left.</param>
/// <param name="Records">How many records they were about.</param>
/// <param name="Refusals">How many were refused.</param>
internal sealed record DisclosureRow(DisclosureKey Key, long Answers, long Records, long Refusals);
