namespace Linkage.Bloom.Schemas;

/// <summary>Fields compared jointly, because one fact makes them agree together: a household shares them all.</summary>
/// <remarks>
/// Independence of address, phone and postcode would count one shared household several times. A group has one
/// comparison with ordered joint levels instead. Part of the linkage fingerprint only.
/// </remarks>
public sealed record FieldGroup
{
    /// <summary>Name of the group, different from every field's name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the member fields, at least two; a field is in one group at most.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>
    /// Joint levels, best first; each names fields and the level each must at least reach. A pair takes the first that
    /// holds, else level 0. At most nine.
    /// </summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, int>> Levels { get; init; }

    /// <summary>
    /// Which of <see cref="Levels"/> ask for crosswise agreement, as indexes: there the left record's value of one
    /// field is compared with the right record's value of the other, and the other way round. Default none.
    /// </summary>
    /// <remarks>
    /// Such a level names two fields with equal cuts that are keyed alike (<see cref="FieldSchema.KeyedAs"/>). One way
    /// must reach the higher of its two numbers and the other way at least the lower, whichever record is left.
    /// </remarks>
    public IReadOnlyList<int> SwappedLevels { get; init; } = [];

    /// <summary>Number of comparison levels, level 0 included.</summary>
    public int LevelCount => Levels.Count + 1;

    /// <summary>
    /// The groups of a schema that names none: address, phone and postcode, if two of them are there.
    /// </summary>
    /// <param name="fields">The fields of the schema.</param>
    /// <returns>One group or none.</returns>
    public static IReadOnlyList<FieldGroup> DefaultFor(IReadOnlyList<FieldSchema> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return ContactGroup.Default(fields);
    }
}
