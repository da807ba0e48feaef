using Linkage.Bloom.Blocking;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Input;
using NormalDateOrder = Linkage.Bloom.Normalization.DateOrder;

namespace Linkage.Cli.Proposal;

/// <summary>Proposes a schema from an owner's CSV file in two readings: for the fields, then for the passes.</summary>
/// <param name="options">What the user says.</param>
/// <param name="cancellation">Signalled when the user stops the command.</param>
internal sealed class SchemaProposer(ProposalOptions options, CancellationToken cancellation)
{
    private readonly ColumnsFile? _columnsFile = options.Columns is null ? null : ColumnsFile.Load(options.Columns);

    /// <summary>Reads the file and proposes.</summary>
    /// <param name="progress">Told the share of the work that is done.</param>
    /// <returns>The proposal; its schema is valid.</returns>
    /// <exception cref="InputException">The file is malformed, or nothing in it can be linked on.</exception>
    /// <exception cref="LinkageSchemaException">What can be proposed breaks a rule of schemas.</exception>
    public SchemaProposal Propose(IProgress<double> progress)
    {
        (ColumnDecision[] decisions, NormalDateOrder order) = ChooseFields(progress);
        ColumnDecision[] chosen = FieldChooser.Chosen(decisions);
        FieldSchema[] fields = [.. chosen.Select(decision => decision.Field!)];

        using PassAdvisor advisor = new(fields, order);
        FeedAdvisor(advisor, chosen, progress);
        LinkageSchema schema = new()
        {
            Name = options.Name,
            Profile = options.Profile,
            Population = options.Population ?? advisor.RecordCount,
            Parties = options.Parties,
            Fields = fields,
            Groups = FieldGroup.DefaultFor(fields),
            Passes = [],
        };
        IReadOnlyList<PassProposal> passes = advisor.Propose(schema.Population, schema.Parties, schema.BlockLimit);
        if (passes.Count == 0)
        {
            throw new InputException(options.From, "the columns that were recognized do not allow any pass");
        }

        schema = schema with { Passes = [.. passes.Select(proposal => proposal.Pass)] };
        schema = options.SwappedNames ? schema.WithSwappedNames() : schema;
        schema.Validate();
        return new SchemaProposal(schema, decisions, passes, advisor.Predict(passes), advisor.RecordCount);
    }

    private CsvRecordReader Open() =>
        CsvRecordReader.Open(options.From, _columnsFile?.ReadOptions ?? CsvReadOptions.Default);

    private (ColumnDecision[] Decisions, NormalDateOrder Order) ChooseFields(IProgress<double> progress)
    {
        using CsvRecordReader reader = Open();
        ProposalColumn[] columns = FindColumns(reader);
        if (!reader.IsHeaderConfirmed)
        {
            throw new InputException(
                options.From,
                "no column of the header row is known to hold a name or a date of birth; "
                + "a columns file can say which do, under fields such as given_name, surname and dob");
        }

        ColumnProfile[] profiles = [.. columns.Select(_ => new ColumnProfile())];
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share / 2);
            for (int i = 0; i < columns.Length; i++)
            {
                profiles[i].Add(columns[i].Read(reader));
            }
        }

        ColumnDecision[] decisions = FieldChooser.Choose(columns, profiles);
        int date = Array.FindIndex(decisions, d => d.Field?.Role == FieldRole.BirthDate);
        DateOrder? order = _columnsFile?.DateOrder ?? (date < 0 ? null : profiles[date].DateOrder);
        return (decisions, order switch
        {
            DateOrder.DayMonthYear => NormalDateOrder.DayMonthYear,
            DateOrder.MonthDayYear => NormalDateOrder.MonthDayYear,
            _ => NormalDateOrder.YearMonthDay,
        });
    }

    // What a columns file maps comes under its field's name, whatever the column is called.
    private ProposalColumn[] FindColumns(CsvRecordReader reader)
    {
        string[] mapped = [.. _columnsFile?.Fields.Keys ?? []];
        ColumnMap map = ColumnMap.Resolve(reader, mapped, _columnsFile, options.IdColumn);
        HashSet<int> gone = [map.IdColumn, .. options.Excluded.Select(name => ColumnMap.IndexOf(reader, name))];
        List<ProposalColumn> columns = [];
        for (int i = 0; i < mapped.Length; i++)
        {
            FieldColumns source = map.Fields[i];
            columns.Add(new ProposalColumn(mapped[i], source, IsMapped: true));
            gone.UnionWith([source.Whole, source.Year, source.Month, source.Day]);
        }

        for (int i = 0; i < reader.Columns.Count; i++)
        {
            if (!gone.Contains(i))
            {
                columns.Add(new ProposalColumn(reader.Columns[i], new FieldColumns(i, -1, -1, -1), IsMapped: false));
            }
        }

        // A row of data may hold a street or a city, but hardly the words for a name or a date of birth.
        reader.IsHeaderConfirmed |= columns.Exists(column => HeaderGuess.Guess(column.Name) is ColumnMeaning.GivenName
            or ColumnMeaning.FamilyName or ColumnMeaning.FullName or ColumnMeaning.BirthDate);
        return [.. columns];
    }

    private void FeedAdvisor(PassAdvisor advisor, ColumnDecision[] chosen, IProgress<double> progress)
    {
        string?[] values = new string?[chosen.Length];
        using CsvRecordReader reader = Open();
        reader.IsHeaderConfirmed = true;
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report((1 + reader.Share) / 2);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = chosen[i].Column.Read(reader);
            }

            advisor.Add(values);
        }

        Array.Clear(values);
    }
}
