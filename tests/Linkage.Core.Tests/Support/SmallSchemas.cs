using Linkage.Bloom.Schemas;

namespace Linkage.Core.Tests.Support;

/// <summary>Schemas small enough to see through; every call makes a new one.</summary>
internal static class SmallSchemas
{
    /// <summary>Two passes, each on a number of its own, and a name to compare.</summary>
    public static LinkageSchema TwoNumbers => new()
    {
        Name = "two-numbers",
        BlockLimit = 300,

        // Fewer than there are, so that each may bring blocks that are too large for all together.
        Parties = 1,
        Fields =
        [
            FieldSchema.Create("one", FieldKind.Number),
            FieldSchema.Create("two", FieldKind.Number),
            FieldSchema.Create("name", FieldKind.Name),
        ],
        Passes =
        [
            new PassSchema { Name = "first", Key = ["one"] },
            new PassSchema { Name = "second", Key = ["two"] },
        ],
    };

    /// <summary>A field on its own, a contact group of three, and a field after it.</summary>
    public static LinkageSchema Contact => WithContact(
    [
        FieldSchema.Create("number", FieldKind.Number),
        FieldSchema.Create("street", FieldKind.Address, FieldRole.Address),
        FieldSchema.Create("name", FieldKind.Name),
        FieldSchema.Create("area", FieldKind.Postcode, FieldRole.Postcode),
        FieldSchema.Create("phone", FieldKind.Phone, FieldRole.Phone),
        FieldSchema.Create("sex", FieldKind.Sex),
    ]);

    /// <summary>Given and family name keyed alike and compared jointly; one pass leaves the family name out.</summary>
    public static LinkageSchema SwappedNames => new LinkageSchema
    {
        Name = "swapped-names",
        Fields =
        [
            FieldSchema.Create("number", FieldKind.Number),
            FieldSchema.Create("given", FieldKind.Name, FieldRole.GivenName),
            FieldSchema.Create("family", FieldKind.Name, FieldRole.FamilyName),
        ],
        Passes =
        [
            new PassSchema { Name = "number", Key = ["number"] },
            new PassSchema { Name = "family", Key = ["L", "FS"] },
        ],
    }.WithSwappedNames();

    private static LinkageSchema WithContact(IReadOnlyList<FieldSchema> fields) => new()
    {
        Name = "contact",
        Fields = fields,
        Passes =
        [
            new PassSchema { Name = "number", Key = ["number"] },
            new PassSchema { Name = "area", Key = ["Z"] },
        ],
        Groups =
        [
            new FieldGroup
            {
                Name = "home",
                Fields = ["street", "area", "phone"],
                Levels =
                [
                    new Dictionary<string, int> { ["street"] = 4, ["area"] = 4 },
                    new Dictionary<string, int> { ["phone"] = 3 },
                    new Dictionary<string, int> { ["street"] = 1, ["area"] = 1 },
                    new Dictionary<string, int> { ["area"] = 4 },
                ],
            },
        ],
    };
}
