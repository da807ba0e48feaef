using Linkage.Bloom.Storage;
using Linkage.Core.Model;

namespace Linkage.Core.Reporting;

/// <summary>Writes what a run leaves behind: pairs, entities, clusters, records, model, facts and report.</summary>
/// <remarks>
/// <c>pairs.csv</c>, <c>entities.csv</c>, <c>clusters.csv</c>, <c>records.csv</c> and <c>model.json</c> hold no time,
/// so equal results give
/// equal bytes.
/// </remarks>
public static class LinkResultFiles
{
    /// <summary>Name of the file of kept pairs.</summary>
    public const string PairsName = "pairs.csv";

    /// <summary>Name of the file that gives every record its link id.</summary>
    public const string EntitiesName = "entities.csv";

    /// <summary>Name of the file that says how firmly each entity of two records or more hangs together.</summary>
    public const string ClustersName = "clusters.csv";

    /// <summary>Name of the file that says how far every record could be linked at all.</summary>
    public const string RecordsName = "records.csv";

    /// <summary>Name of the file of the model.</summary>
    public const string ModelName = "model.json";

    /// <summary>Name of the file of versions, fingerprints, options, counts and times.</summary>
    public const string RunName = "run.json";

    /// <summary>Name of the report for people.</summary>
    public const string ReportName = "report.html";

    /// <summary>Writes all files of a result.</summary>
    /// <remarks>
    /// Every file is complete on disk under a temporary name before the first takes its place, so a failure or a
    /// cancellation leaves the older set; <c>run.json</c> comes last.
    /// </remarks>
    /// <param name="result">The result.</param>
    /// <param name="directory">Where to write; it is made if need be, and older files in it are replaced.</param>
    /// <param name="facts">What is told of the run.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then.</param>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static void Write(
        LinkResult result, string directory, RunFacts facts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(facts);
        (string Name, Action<Stream> Write)[] parts =
        [
            (PairsName, stream => PairsFile.Write(result, stream, cancellationToken)),
            (EntitiesName, stream => EntitiesFile.Write(result, stream, cancellationToken)),
            (ClustersName, stream => ClustersFile.Write(result, stream, cancellationToken)),
            (RecordsName, stream => RecordsFile.Write(result, stream, cancellationToken)),
            (ModelName, stream => ModelFile.Write(result.Model, stream)),
            (ReportName, stream => LinkageReport.Write(result, facts, stream)),
            (RunName, stream => RunFile.Write(result, facts, stream)),
        ];
        Directory.CreateDirectory(directory);
        var files = new List<AtomicFile>(parts.Length);
        try
        {
            foreach ((string name, Action<Stream> write) in parts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AtomicFile file = AtomicFile.Create(Path.Combine(directory, name));
                files.Add(file);
                write(file.Stream);
                file.Stream.Flush(flushToDisk: true);
            }

            ThrowIfDirectory(files);
            cancellationToken.ThrowIfCancellationRequested();
            files.ForEach(file => file.Commit());
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    // The one thing that can be known to make a renaming fail; better before the first than after the second.
    private static void ThrowIfDirectory(List<AtomicFile> files)
    {
        foreach (AtomicFile file in files)
        {
            if (Directory.Exists(file.FullPath))
            {
                throw new IOException($"{file.FullPath} is a directory; a file has to go there.");
            }
        }
    }
}
