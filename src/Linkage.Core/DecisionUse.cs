namespace Linkage.Core;

/// <summary>How many decisions of persons a run followed; the same pair decided twice counts once.</summary>
/// <param name="Matches">Pairs decided to be one person.</param>
/// <param name="NonMatches">Pairs decided to be two persons.</param>
/// <param name="NotCompared">Those of both that met in no pass of this run, and are followed all the same.</param>
public sealed record DecisionUse(int Matches, int NonMatches, int NotCompared);
