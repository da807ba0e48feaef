using Linkage.Bloom.Blocking;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Commands;
using Linkage.Cli.Input;
using Linkage.Cli.Owner;

namespace Linkage.Cli.Proposal;

/// <summary>Measures the passes of a schema on an owner's CSV file.</summary>
/// <param name="context">Where to write and when to stop.</param>
/// <param name="options">What was asked for.</param>
internal sealed class PassSurveyRun(CommandContext context, PassSurveyOptions options)
{
    private const int MostGroups = 100;

    /// <summary>Does the whole work.</summary>
    /// <returns>The figures, and what the advisor would choose.</returns>
    /// <exception cref="InputException">An input does not hold what it should.</exception>
    /// <exception cref="PolicyException">A field is mapped to a column of true answers.</exception>
    public PassSurveyAnswer Execute()
    {
        LinkageSchema schema = SchemaFile.Load(options.Schema);
        ColumnsFile? columns = options.Columns is string path ? ColumnsFile.Load(path) : null;
        long population = options.Population ?? schema.Population;
        DateOrder order = context.Output.Track("reading dates", progress => DateOrderSurvey.Find(
            options.Input, schema, columns, idColumn: null, progress, context.Cancellation));
        using PassSurvey survey = new(schema, order);
        using PassAdvisor advisor = new(schema.Fields, order);
        context.Output.Track("reading", progress => Feed(schema, columns, survey, advisor, progress));
        IReadOnlyList<PassProposal> proposal = advisor.Propose(population, schema.Parties, schema.BlockLimit);
        return new PassSurveyAnswer(survey.Measure(population), proposal, advisor.Predict(proposal));
    }

    private long Feed(
        LinkageSchema schema, ColumnsFile? columns, PassSurvey survey, PassAdvisor advisor, IProgress<double> progress)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(
            options.Input, columns?.ReadOptions ?? CsvReadOptions.Default);
        ColumnMap map = ColumnMap.Resolve(
            reader, [.. schema.Fields.Select(field => field.Name)], columns, idColumn: null);
        int groupColumn = options.GroupColumn is string name ? ColumnMap.IndexOf(reader, name) : -1;
        RecordValues values = new(reader, map.Fields);
        while (reader.Read())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share);
            ReadOnlySpan<string?> row = values.Read();
            survey.Add(row, groupColumn < 0 ? null : reader[groupColumn].Trim().ToString());
            advisor.Add(row);

            // Such a column names people rather than groups, and its values are about to be printed.
            if (survey.GroupCount > MostGroups)
            {
                throw reader.Refuse($"has more than {MostGroups} different values, too many for groups", groupColumn);
            }
        }

        return survey.RecordCount > 0
            ? survey.RecordCount
            : throw new InputException(options.Input, "there is no record to measure the passes on");
    }
}
