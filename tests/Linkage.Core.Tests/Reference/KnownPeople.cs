using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Evaluation;
using Linkage.Core.Merging;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Reference;

/// <summary>A data set as its owners and its judges see it: encoded, in normal forms, and with the truth.</summary>
internal sealed class KnownPeople : IDisposable
{
    private readonly EncodedProject _project;
    private readonly (int Party, int Row)[] _rows;
    private readonly string[][][] _values;

    private KnownPeople(LinkageSchema schema, string[] parties, PeopleTable[] tables, PeopleTable[]? groups)
    {
        _project = new EncodedProject(schema);
        for (int party = 0; party < parties.Length; party++)
        {
            _project.Add(parties[party], tables[party].Rows);
        }

        Space = new RecordSpace(_project.Files);
        _rows = [.. Enumerable.Range(0, Space.Count).Select(FindRow)];
        _values = [.. tables.Select(table => Normalize(schema, table))];
        Truth = EvaluationRecords.FromLabels(
            parties.Length,
            Space.Parties(),
            [.. _rows.Select(at => tables[at.Party].Truth[at.Row])],
            groups is null ? null : [.. _rows.Select(at => groups[at.Party].Truth[at.Row])]);
    }

    public EncodedFile[] Files => _project.Files;

    public LinkageSchema Schema => _project.Schema;

    public RecordSpace Space { get; }

    public EvaluationRecords Truth { get; }

    /// <summary>The normal forms of a record in the order of the fields, empty where missing.</summary>
    public string[] ValuesOf(int record) => _values[_rows[record].Party][_rows[record].Row];

    /// <summary>Reads and encodes the two files of 50,000 people each, who belong to six groups.</summary>
    public static KnownPeople ReadPair50k(ProtectionProfile profile)
    {
        LinkageSchema schema = Repository.Schema("us-people") with { Profile = profile };
        string[] parties = ["agency_a_health", "agency_b_benefits"];
        return new KnownPeople(
            schema,
            parties,
            ReadTables(schema, "pair_50k", parties, "truth_person_id"),
            ReadTables(schema, "pair_50k", parties, "truth_group"));
    }

    /// <summary>Reads and encodes the two files of FEBRL4, which know no groups.</summary>
    public static KnownPeople ReadFebrl4()
    {
        LinkageSchema schema = Repository.Schema("febrl4");
        string[] parties = ["a", "b"];
        return new KnownPeople(schema, parties, ReadTables(schema, "febrl4", parties, "truth_id"), null);
    }

    public void Dispose() => _project.Dispose();

    private static PeopleTable[] ReadTables(LinkageSchema schema, string set, string[] parties, string column) =>
    [
        .. parties.Select(party => PeopleTable.Read(
            Path.Join(Repository.SharedData, set, $"{party}.csv"), schema, column)),
    ];

    private static string[][] Normalize(LinkageSchema schema, PeopleTable table)
    {
        FieldNormalizer[] normalizers =
        [
            .. schema.Fields.Select(
                field => new FieldNormalizer(field.Kind, field.Role, DateOrder.YearMonthDay, field.MissingWords)),
        ];
        char[] form = new char[FieldNormalizer.MaxLength];
        return
        [
            .. table.Rows.Select(row => row.Select(
                (cell, field) => new string(form, 0, normalizers[field].Normalize(cell, form, out _))).ToArray()),
        ];
    }

    private (int Party, int Row) FindRow(int record)
    {
        int party = Space.PartyOf(record);
        return (party, _project.Parties[party].RowOf(Space.Reference(record).Handle));
    }
}
