using System.Runtime.InteropServices;
using Linkage.Bloom.Storage;
using Linkage.Cli.Commands;
using Linkage.Cli.Input;
using Linkage.Cli.Output;
using Linkage.Core.Evaluation;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Quality;

/// <summary>Reads a result and the truth, compares them and writes the report if one is wanted.</summary>
/// <param name="context">Where to write and when to stop.</param>
/// <param name="request">What was asked for.</param>
internal sealed class EvaluateRun(CommandContext context, EvaluateRequest request)
{
    /// <summary>Does the whole work.</summary>
    /// <returns>All figures.</returns>
    /// <exception cref="InputException">An input does not hold what it should.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public LinkageEvaluation Execute()
    {
        RequireOwnReport();
        EvaluationFacts facts = request.Run is string run ? RunFactsFile.Load(run) : new EvaluationFacts();
        KnownRecords known = new(request, context.Cancellation);
        EvaluationRecords records = context.Output.Track("reading records", known.Read);
        PredictionReader reader = new(known, context.Cancellation);
        if (request.Reach is string reach)
        {
            facts = facts with
            {
                Reach = context.Output.Track("reading reach", progress => reader.ReadReach(reach, progress)),
            };
        }

        LinkageEvaluation evaluation = Evaluate(records, reader, facts);
        if (request.Html is string html)
        {
            using AtomicFile file = AtomicFile.Create(html);
            EvaluationReport.Write(evaluation, file.Stream);
            file.Commit();
        }

        return evaluation;
    }

    private LinkageEvaluation Evaluate(EvaluationRecords records, PredictionReader reader, EvaluationFacts facts)
    {
        if (request.Pairs is string file)
        {
            List<PredictedPair> pairs =
                context.Output.Track("reading pairs", progress => reader.ReadPairs(file, progress));
            return LinkageEvaluator.EvaluatePairs(records, CollectionsMarshal.AsSpan(pairs), facts);
        }

        int[] entities = context.Output.Track(
            "reading entities", progress => reader.ReadEntities(request.Entities!, progress));
        return LinkageEvaluator.EvaluateEntities(records, entities, facts);
    }

    private void RequireOwnReport()
    {
        if (request.Html is not string html)
        {
            return;
        }

        string?[] single = [request.Pairs, request.Entities, request.Reach, request.Run];
        OutputPaths.RequireDistinct(
            "--html",
            html,
            [
                .. single.OfType<string>(),
                .. request.Sources.SelectMany(source => (string[])[source.Map, source.Records]),
            ]);
    }
}
