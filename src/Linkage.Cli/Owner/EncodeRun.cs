using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Cli.Commands;
using Linkage.Cli.Input;
using Linkage.Cli.Output;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Owner;

/// <summary>Encodes a CSV file: from the owner's records to a file that may leave and a map that may not.</summary>
/// <param name="context">Where to write and when to stop.</param>
/// <param name="request">What was asked for.</param>
internal sealed class EncodeRun(CommandContext context, EncodeRequest request)
{
    /// <summary>Does the whole work.</summary>
    /// <returns>The header of the file written, and the order in which dates were read.</returns>
    /// <exception cref="InputException">An input does not hold what it should.</exception>
    /// <exception cref="PolicyException">A field is mapped to a column of true answers.</exception>
    /// <exception cref="UnauthorizedAccessException">Others may read the key file.</exception>
    public (EncodedFileHeader Header, DateOrder Order) Execute()
    {
        CheckPaths();
        LinkageSchema schema = SchemaFile.Load(request.Schema);
        if (request.Profile is ProtectionProfile profile)
        {
            schema = schema with { Profile = profile };
        }

        ColumnsFile? columns = request.Columns is string path ? ColumnsFile.Load(path) : null;
        if (request.IdColumn is null && columns?.Id is null)
        {
            throw new ArgumentException("the id column is not known; give --id-column or \"id\" in the columns file");
        }

        using LinkageKey key = ProjectKey.Load(request.Key);
        if (schema.Profile == ProtectionProfile.Research)
        {
            context.Output.Warn(ProfileWords.ResearchBanner);
        }

        DateOrder order = context.Output.Track("reading dates", progress => DateOrderSurvey.Find(
            request.Input, schema, columns, request.IdColumn, progress, context.Cancellation));
        using RecordEncoder encoder = new(schema, key, request.Party, order);
        using EncodedFileWriter writer = EncodedFileWriter.Create(request.Output, request.Map, encoder);
        context.Output.Track("reading", progress => AddRecords(schema, columns, writer, progress));
        EncodedFileHeader header = context.Output.Track(
            "protecting",
            progress => writer.Complete(new StageShare(progress, "protecting"), context.Cancellation));
        return (header, order);
    }

    private void CheckPaths()
    {
        string[] optional = request.Columns is string columns ? [columns] : [];
        string[] inputs = [request.Schema, request.Key, request.Input, .. optional];
        OutputPaths.RequireDistinct("--out", request.Output, inputs);
        OutputPaths.RequireDistinct("--map", request.Map, inputs);
        if (Path.GetFullPath(request.Output).Equals(Path.GetFullPath(request.Map), StringComparison.Ordinal))
        {
            throw new ArgumentException("--out and --map name the same file");
        }
    }

    private int AddRecords(
        LinkageSchema schema, ColumnsFile? columns, EncodedFileWriter writer, IProgress<double> progress)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(
            request.Input, columns?.ReadOptions ?? CsvReadOptions.Default);
        ColumnMap map = ColumnMap.Resolve(
            reader, [.. schema.Fields.Select(field => field.Name)], columns, request.IdColumn);
        if (map.Fields.All(field => field.IsAbsent))
        {
            throw new InputException(columns!.File, "every field of the schema is mapped to null");
        }

        RecordValues values = new(reader, map.Fields);
        IdRegister ids = new();
        while (reader.Read())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share);
            writer.Add(ids.Add(reader, map.IdColumn), values.Read());
        }

        return writer.Count;
    }
}
