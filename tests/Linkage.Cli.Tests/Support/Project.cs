namespace Linkage.Cli.Tests.Support;

/// <summary>A directory with a schema and a key, and short ways to run the commands on it.</summary>
internal sealed class Project : IDisposable
{
    public const string People = """
        {
          "format": "linkage-schema/1",
          "name": "people",
          "population": 1000,
          "fields": [
            { "name": "first_name", "kind": "name", "role": "given-name" },
            { "name": "last_name", "kind": "name", "role": "family-name" },
            { "name": "dob", "kind": "date" },
            { "name": "sex", "kind": "sex" },
            { "name": "address", "kind": "address" },
            { "name": "zip", "kind": "postcode" },
            { "name": "ssn4", "kind": "number", "role": "last-four" },
            { "name": "phone", "kind": "phone" }
          ],
          "passes": [
            { "name": "dob", "key": ["D"] },
            { "name": "ssn", "key": ["N"] },
            { "name": "names", "key": ["F3", "L3"] },
            { "name": "phone", "key": ["P"] },
            { "name": "place", "key": ["A", "Z3"] }
          ]
        }
        """;

    public const string Header = "id,first_name,last_name,dob,sex,address,zip,ssn4,phone\n";

    private readonly TemporaryDirectory _directory = new();

    private Project()
    {
    }

    public string Schema => PathOf("people.schema.json");

    public string Key => PathOf("project.key");

    /// <summary>Makes a schema and a key.</summary>
    public static async Task<Project> CreateAsync()
    {
        Project project = new();
        project.Write("people.schema.json", People);
        await project.NewKeyAsync("project.key", "demo");
        return project;
    }

    /// <summary>Rows of made-up records, all different, that begin at a number.</summary>
    public static string Rows(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(i =>
        FormattableString.Invariant(
            $"r{i},{Word(i)},{Word(i + 500)},19{(i % 45) + 40}-0{i % 9 + 1}-1{i % 9},F,")
        + FormattableString.Invariant($"{i} {Word(i + 900)} Street,{10000 + (i * 37)},{1000 + i},")
        + FormattableString.Invariant($"555-{i + 200}-{1000 + i}\n")));

    // Three syllables; neighbours share none but by chance.
    private static string Word(int number)
    {
        uint state = (uint)(number + 1) * 2654435761;
        Span<char> word = stackalloc char[6];
        for (int i = 0; i < word.Length; i += 2)
        {
            word[i] = "bdfgklmnprst"[(int)(state >> 28) % 12];
            word[i + 1] = "aeiou"[(int)(state >> 20 & 255) % 5];
            state *= 1664525;
        }

        return word.ToString();
    }

    public async Task NewKeyAsync(string name, string project)
    {
        ToolRun run = await ToolRun.Of("keygen", "--project", project, "--out", PathOf(name));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
    }

    public string PathOf(string name) => _directory.PathOf(name);

    public string Write(string name, string text) => _directory.Write(name, text);

    public string Write(string name, byte[] bytes) => _directory.Write(name, bytes);

    public string[] Names() => _directory.Names();

    /// <summary>Encodes "NAME.csv" to "NAME.lke" and "NAME.map.csv"; later options replace none of these.</summary>
    public Task<ToolRun> Encode(string party, params string[] more) => EncodeWith(party, Schema, Key, more);

    public Task<ToolRun> EncodeWith(string party, string schema, string key, params string[] more) => ToolRun.Of(
    [
        "encode", "--schema", schema, "--key", key, "--party", party, "--in", PathOf($"{party}.csv"),
        "--out", PathOf($"{party}.lke"), "--map", PathOf($"{party}.map.csv"), .. more,
    ]);

    /// <summary>Encodes records that are given as rows.</summary>
    public async Task EncodeRows(string party, string rows)
    {
        Write($"{party}.csv", Header + rows);
        ToolRun run = await Encode(party, "--id-column", "id");
        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
    }

    public void Dispose() => _directory.Dispose();
}
