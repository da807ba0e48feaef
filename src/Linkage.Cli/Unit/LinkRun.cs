using Linkage.Bloom.Storage;
using Linkage.Cli.Commands;
using Linkage.Cli.Input;
using Linkage.Cli.Output;
using Linkage.Cli.Review;
using Linkage.Cli.Terminal;
using Linkage.Core;
using Linkage.Core.Estimation;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Unit;

/// <summary>Links encoded files and writes what came of it.</summary>
/// <param name="context">Where to write and when to stop.</param>
/// <param name="request">What was asked for.</param>
internal sealed class LinkRun(CommandContext context, LinkRequest request)
{
    /// <summary>Does the whole work.</summary>
    /// <returns>The result, which is written by then.</returns>
    /// <exception cref="InputException">An input does not hold what it should.</exception>
    /// <exception cref="EncodingFormatException">A file is damaged, or the files do not belong together.</exception>
    public LinkResult Execute()
    {
        DateTimeOffset started = context.Time.GetUtcNow();
        long begin = context.Time.GetTimestamp();
        if (File.Exists(request.Directory))
        {
            throw new InputException(request.Directory, "is a file, not a directory");
        }

        string[] optional = request.Schema is string named ? [named] : [];
        string[] inputs = [.. request.Files, .. optional, .. request.Decisions];
        foreach (string name in EarlierRun.FileNames)
        {
            // The model may well be replaced by itself: it is read whole before anything is written.
            OutputPaths.RequireDistinct("--out", Path.Join(request.Directory, name), inputs);
        }

        LinkerOptions options = new()
        {
            OneToOne = request.OneToOne,
            DuplicateParties = request.DuplicateParties,
            KeepWeight = request.KeepWeight,
            Seed = request.Seed,
            TargetFalseDiscovery = request.TargetFalseDiscovery,
            Schema = request.Schema is string schema ? SchemaFile.Load(schema) : null,
            Model = request.Model is string model ? ModelFile.Load(model) : null,
            Estimation = new EmOptions
            {
                Interactions = request.Estimation.Interactions,
                PriorModel = request.Estimation.PriorModel is string earlier ? ModelFile.Load(earlier) : null,
                PriorModelPairs = request.Estimation.PriorPairs,
                ExpectedMatches = request.Estimation.ExpectedMatches,
                LearnFromDecisions = request.Estimation.LearnFromDecisions,
            },
            Decisions = [.. request.Decisions.SelectMany(path => ReviewFile.Read(path, context.Cancellation))],
        };
        LinkResult result = Link(options);
        RunFacts facts = new()
        {
            Started = started,
            Elapsed = context.Time.GetElapsedTime(begin),
            CommandOptions = request.Lines,
        };
        LinkResultFiles.Write(result, request.Directory, facts, context.Cancellation);
        return result;
    }

    private LinkResult Link(LinkerOptions options)
    {
        List<EncodedFile> files = [];
        try
        {
            foreach (string path in request.Files)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                files.Add(EncodedInput.Open(path));
            }

            return context.Output.Track("linking", progress => Linker.Link(
                files,
                options,
                new StageShare(progress, "comparing", "estimating", "clustering"),
                context.Cancellation));
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }
}
