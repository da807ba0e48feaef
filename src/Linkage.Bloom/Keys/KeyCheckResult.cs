namespace Linkage.Bloom.Keys;

/// <summary>What two owners learn from a key check; says nothing of either key.</summary>
/// <remarks>
/// What the proofs say can only be told once the public facts agree, since the check's key depends on them; until then
/// the property is null.
/// </remarks>
public sealed record KeyCheckResult
{
    /// <summary>Both keys are of one project.</summary>
    public required bool SameProject { get; init; }

    /// <summary>Both keys carry one id and one epoch.</summary>
    public required bool SameKeyName { get; init; }

    /// <summary>Both schemas have one encoding fingerprint.</summary>
    public required bool SameSchema { get; init; }

    /// <summary>The other owner proved to hold the same root; null when project or schema differ.</summary>
    public required bool? SameKey { get; init; }

    /// <summary>Both encode fixed synthetic records alike; null while the keys are not known to be the same.</summary>
    public required bool? SameSoftware { get; init; }

    /// <summary>Nothing differs: encodings of the two owners will compare.</summary>
    public bool IsSame => SameProject && SameKeyName && SameSchema && SameKey == true && SameSoftware == true;

    /// <summary>Puts the result into plain words.</summary>
    /// <returns>One sentence for each difference, or one that says that there is none.</returns>
    public IReadOnlyList<string> Describe()
    {
        if (IsSame)
        {
            return ["Project, key, schema and software are the same on both sides."];
        }

        var sentences = new List<string>();
        Add(!SameProject, "The keys are for two different projects.");
        Add(!SameKeyName, "The key files have different key ids or epochs: one side needs the other's key file.");
        Add(!SameSchema, "The schemas differ in something that changes encodings: compare the schema files.");
        Add(SameKeyName && SameKey == false, "The keys differ, though they carry one id; or a text was altered.");
        Add(SameKeyName && SameKey is null, "Whether the keys are the same can be told once project and schema are.");
        Add(SameSoftware == false, "The two installations encode a fixed test record differently: compare versions.");
        return sentences;

        void Add(bool holds, string sentence)
        {
            if (holds)
            {
                sentences.Add(sentence);
            }
        }
    }
}
