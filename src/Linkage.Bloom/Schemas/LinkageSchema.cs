using System.Globalization;
using Linkage.Bloom.Storage;

namespace Linkage.Bloom.Schemas;

/// <summary>What the owners agree on before anybody encodes: fields, passes, protection and comparison.</summary>
/// <remarks>
/// A versioned file, <c>linkage-schema/1</c>. Two fingerprints stand for it: the <see cref="EncodingFingerprint"/>
/// covers all that changes bits or block keys and enters the key derivation; the <see cref="LinkageFingerprint"/>
/// covers the rest, so that a threshold can change without encoding again. Immutable and thread-safe.
/// </remarks>
public sealed record LinkageSchema
{
    /// <summary>The format's name and version, first line of every schema file.</summary>
    internal const string Format = "linkage-schema/1";

    /// <summary>A name for people; part of the linkage fingerprint only.</summary>
    public string Name { get; init; } = "";

    /// <summary>Version of the normalization tables.</summary>
    public int NormalizationVersion { get; init; } = 1;

    /// <summary>What leaves the owner.</summary>
    public ProtectionProfile Profile { get; init; }

    /// <summary>Records of the larger file the passes are meant for.</summary>
    public long Population { get; init; } = 50_000;

    /// <summary>Number of parties that will take part, 1 to 60.</summary>
    public int Parties { get; init; } = 2;

    /// <summary>
    /// Most records of one party in a block; a larger block is dropped from its pass. 2 to 500, default 50.
    /// </summary>
    /// <remarks>
    /// All parties together hold at most 500, so the limit is 500 by the number of parties if that is less.
    /// </remarks>
    public int BlockLimit { get; init; } = 50;

    // All parties' records in a block share one index set, and the more rows do, the more it gives away.
    internal int EffectiveBlockLimit => Math.Max(2, Math.Min(BlockLimit, SchemaLimits.MaxBlockRecords / Parties));

    /// <summary>The fields, in the order of columns and of patterns.</summary>
    public required IReadOnlyList<FieldSchema> Fields { get; init; }

    /// <summary>The passes; a pair keeps its pattern from the first in which it meets.</summary>
    public required IReadOnlyList<PassSchema> Passes { get; init; }

    /// <summary>Fields compared jointly.</summary>
    public IReadOnlyList<FieldGroup> Groups { get; init; } = [];

    /// <summary>Probabilities that separate match, possible match and non-match.</summary>
    public DecisionThresholds Thresholds { get; init; } = DecisionThresholds.Default;

    /// <summary>Remarks for people.</summary>
    public string Notes { get; init; } = "";

    /// <summary>SHA-256 over all that changes bits or block keys, in lower-case hex.</summary>
    /// <remarks>
    /// Computed at every call, but for the schema of an encoded file: a value kept in the schema would go with the copy
    /// that <c>with</c> makes.
    /// </remarks>
    public string EncodingFingerprint => SchemaFingerprints.Encoding(this);

    /// <summary>SHA-256 over the encoding fingerprint and all else, in lower-case hex.</summary>
    /// <remarks>Computed at every call, but for the schema of an encoded file.</remarks>
    public string LinkageFingerprint => SchemaFingerprints.Linkage(this);

    /// <summary>Reads and checks a schema file.</summary>
    /// <param name="path">The file, UTF-8 JSON.</param>
    /// <returns>The schema, with every default filled in.</returns>
    /// <exception cref="LinkageSchemaException">The file is no valid schema; the message names the place.</exception>
    public static LinkageSchema Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] text = new byte[SchemaLimits.MaxFileLength + 1];
        int length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        SchemaRules.Require(length <= SchemaLimits.MaxFileLength, "file", "is too long for a schema");
        return Parse(text.AsMemory(0, length));
    }

    /// <summary>Reads and checks a schema from its JSON text.</summary>
    /// <param name="utf8Json">The text; a byte order mark is allowed.</param>
    /// <returns>The schema, with every default filled in.</returns>
    /// <exception cref="LinkageSchemaException">The text is no valid schema; the message names the place.</exception>
    public static LinkageSchema Parse(ReadOnlyMemory<byte> utf8Json)
    {
        LinkageSchema schema = SchemaReader.Read(utf8Json);
        schema.Validate();
        return schema;
    }

    /// <summary>Writes the schema as an indented file with every default spelled out.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Validate();
        using var file = AtomicFile.Create(path);
        file.Stream.Write(ToUtf8Json(indented: true));
        file.Commit();
    }

    /// <summary>The schema as JSON with every default spelled out.</summary>
    /// <param name="indented">False gives one line.</param>
    /// <returns>UTF-8 text that <see cref="Parse"/> reads back to an equal schema.</returns>
    public byte[] ToUtf8Json(bool indented = false) => SchemaWriter.Write(this, indented);

    /// <summary>Checks the rules every schema must keep.</summary>
    /// <exception cref="LinkageSchemaException">A rule is broken; the message names the place.</exception>
    public void Validate() => SchemaRules.Validate(this);

    /// <summary>What is allowed but unwise: few disjoint passes, weak separation of typing errors.</summary>
    /// <returns>One plain sentence each; empty when there is nothing to say.</returns>
    public IReadOnlyList<string> FindWarnings() => SchemaRules.FindWarnings(this);

    /// <summary>The schema with given and family name keyed alike, so that swapped names are recognized.</summary>
    /// <remarks>
    /// The later of the two fields is keyed as the earlier one (<see cref="FieldSchema.KeyedAs"/>), and a group
    /// <c>names</c> with crosswise levels takes the place of their two comparisons. Other fingerprints follow.
    /// </remarks>
    /// <returns>A schema that keeps all rules if this one does.</returns>
    /// <exception cref="LinkageSchemaException">
    /// There is no given or family name, they are not cut and weighted alike, or one is in a group already.
    /// </exception>
    public LinkageSchema WithSwappedNames()
    {
        LinkageSchema swapped = NameGroup.AddTo(this);
        FieldRules.Check(swapped);
        GroupRules.Check(swapped);
        return swapped;
    }

    /// <summary>Index of a field by its name.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>Its index in <see cref="Fields"/>, or -1.</returns>
    public int IndexOfField(string name)
    {
        for (int i = 0; i < Fields.Count; i++)
        {
            if (string.Equals(Fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Fields whose whole value the key of a pass contains: they do not travel in it and count as equal.
    /// </summary>
    /// <param name="pass">Index of the pass.</param>
    /// <returns>One flag a field.</returns>
    public IReadOnlyList<bool> ImpliedFields(int pass)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pass, Passes.Count);
        bool[] implied = new bool[Fields.Count];
        foreach (KeyPart part in KeyPart.Compile(this, pass))
        {
            if (part.ImpliesWholeField(this))
            {
                implied[part.Field] = true;
            }
        }

        return implied;
    }

    /// <summary>Fields that the key of a pass draws on, whole or in part.</summary>
    /// <param name="pass">Index of the pass.</param>
    /// <returns>Indexes of fields, rising.</returns>
    public IReadOnlyList<int> KeyFields(int pass)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pass, Passes.Count);
        var fields = new SortedSet<int>();
        foreach (KeyPart part in KeyPart.Compile(this, pass))
        {
            fields.Add(part.Field);
            fields.Add(part.SecondField >= 0 ? part.SecondField : part.Field);
        }

        return [.. fields];
    }

    // For every field the one under whose keys and masks it is encoded: itself, or the one it is keyed as.
    internal int[] KeyOwners() => [.. Fields.Select(field => IndexOfField(field.KeyName))];

    /// <summary>The name of the schema and the first digits of its encoding fingerprint.</summary>
    /// <returns>For example <c>us-people 3f9a02bc</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} {EncodingFingerprint.AsSpan(0, 8)}");
}
