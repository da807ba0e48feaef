using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tests.Support;

/// <summary>Generated schemas that keep every rule.</summary>
internal static class SchemaGen
{
    private static readonly FieldSchema[] Optional =
    [
        FieldSchema.Create("sex", FieldKind.Sex, FieldRole.Sex),
        FieldSchema.Create("zip", FieldKind.Postcode, FieldRole.Postcode),
        FieldSchema.Create("street", FieldKind.Address, FieldRole.Address),
        FieldSchema.Create("phone", FieldKind.Phone, FieldRole.Phone),
        FieldSchema.Create("last4", FieldKind.Number, FieldRole.LastFour),
        FieldSchema.Create("city", FieldKind.Text),
        FieldSchema.Create("mail", FieldKind.Email),
        FieldSchema.Create("license", FieldKind.Identifier) with { Tokens = TokenKind.Exact, Cuts = [] },
    ];

    private static readonly string[][] Keys =
    [
        ["LS", "Y"], ["F1", "MD"], ["NS", "Dx"], ["first", "YM"], ["L3", "D"], ["F", "L"], ["LS", "FS", "YD"],
    ];

    private static readonly string[][] Missing = [[], ["none"], ["N/A", "\"quoted\"\n", "é"]];

    private static readonly double[][] Cuts = [[0.77, 0.68, 0.55], [0.5], [0.8, 0.3]];

    public static Arbitrary<LinkageSchema> Arbitrary { get; } =
        Gen.Choose(0, int.MaxValue - 1).ListOf(12).Select(numbers => Build([.. numbers])).ToArbitrary();

    // Every choice is a remainder of its own number, so that all values are valid and shrink to the first.
    private static LinkageSchema Build(int[] numbers)
    {
        FieldSchema[] fields =
        [
            Vary(FieldSchema.Create("first", FieldKind.Name, FieldRole.GivenName), numbers[0]),
            Vary(FieldSchema.Create("last", FieldKind.Name, FieldRole.FamilyName), numbers[1]),
            FieldSchema.Create("dob", FieldKind.Date, FieldRole.BirthDate),
            .. Optional.Where((_, i) => (numbers[2] >> i & 1) != 0).Select(field => VaryMissing(field, numbers[3])),
        ];
        bool keyedAlike = numbers[10] % 3 == 0;
        fields[1] = keyedAlike
            ? fields[0] with { Name = "last", Role = FieldRole.FamilyName, KeyedAs = "first" }
            : fields[1];
        PassSchema[] passes =
        [
            .. Keys.Where((_, i) => (numbers[4] >> i & 1) != 0 || i < 2)
                .Select((key, i) => new PassSchema { Name = $"p{i}", Key = key }),
        ];
        return new LinkageSchema
        {
            Name = numbers[5] % 2 == 0 ? "" : "name \"é\" \\",
            Profile = (ProtectionProfile)(numbers[6] % 2),
            Population = 1 + (numbers[7] * 3L),
            Parties = 1 + (numbers[8] % 60),
            BlockLimit = 2 + (numbers[9] % 499),
            Fields = fields,
            Passes = passes,
            Groups = numbers[10] % 2 == 0 ? [] : [Group(numbers[10], keyedAlike)],
            Thresholds = new DecisionThresholds(
                0.5 + (numbers[11] % 500 / 1000.0), 0.001 + (numbers[11] % 499 / 1000.0)),
            Notes = numbers[11] % 3 == 0 ? "" : "line\nline\t\u2028",
        };
    }

    private static FieldSchema Vary(FieldSchema field, int number) => VaryMissing(field, number / 100) with
    {
        Q = 2 + (number % 2),
        Weight = 200 + (number % 150),
        Cuts = Cuts[number % 3],
    };

    private static FieldSchema VaryMissing(FieldSchema field, int number) =>
        field with { MissingWords = Missing[number % 3] };

    private static FieldGroup Group(int number, bool keyedAlike) => new()
    {
        Name = "names",
        Fields = ["last", "first"],
        Levels =
        [
            new Dictionary<string, int> { ["last"] = 2, ["first"] = 1 + (number % 2) },
            new Dictionary<string, int> { ["first"] = 1, ["last"] = 1 },
            new Dictionary<string, int> { ["first"] = 1 },
        ],
        SwappedLevels = keyedAlike ? [1, 0] : [],
    };
}
