using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Internals;

/// <summary>A run that was checked: files that belong together, and options that fit them.</summary>
internal sealed class LinkPlan
{
    private LinkPlan(
        IReadOnlyList<EncodedFile> files, LinkageSchema schema, LinkerOptions options, bool[] duplicatesFree)
    {
        Files = files;
        Schema = schema;
        Options = options;
        DuplicatesFree = duplicatesFree;
        CompareWithin = [.. duplicatesFree.Select(free => !free)];
    }

    public IReadOnlyList<EncodedFile> Files { get; }

    public LinkageSchema Schema { get; }

    public LinkerOptions Options { get; }

    /// <summary>For every party, whether it lists a person once at most.</summary>
    public bool[] DuplicatesFree { get; }

    public bool[] CompareWithin { get; }

    public static LinkPlan Create(IReadOnlyList<EncodedFile> files, LinkerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(files.Count, 1, nameof(files));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(files.Count, SchemaLimits.MaxParties, nameof(files));
        CheckArguments(files, options);
        CheckSameProject(files);
        LinkageSchema schema = ChooseSchema(files, options);
        Require(
            options.Model is not { } model || Fits(model, schema),
            "the model was made for another schema than they have");
        Require(
            options.Estimation.PriorModel is not { } earlier || Fits(earlier, schema),
            "the model to begin with was made for another schema than they have");
        EstimationRules.Check(Comparison.FromSchema(schema), options.Estimation);
        bool[] duplicatesFree = FindDuplicatesFree(files, options);
        OneToOneMode mode = options.OneToOne != OneToOneMode.Auto ? options.OneToOne
            : duplicatesFree.All(free => free) ? OneToOneMode.Optimal
            : OneToOneMode.Off;
        return new LinkPlan(files, schema, options with { OneToOne = mode }, duplicatesFree);
    }

    private static void CheckArguments(IReadOnlyList<EncodedFile> files, LinkerOptions options)
    {
        if (files.Any(file => file is null))
        {
            throw new ArgumentException("A file is null.", nameof(files));
        }

        if (!Enum.IsDefined(options.OneToOne) || double.IsNaN(options.KeepWeight))
        {
            throw new ArgumentException("The one-to-one mode or the weight to keep is not valid.", nameof(options));
        }

        if (options.TargetFalseDiscovery is { } target)
        {
            ThresholdTable.ThrowIfNoTarget(target, nameof(options));
        }

        options.Estimation.Validate();
    }

    private static void CheckSameProject(IReadOnlyList<EncodedFile> files)
    {
        EncodedFileHeader first = files[0].Header;
        for (int i = 0; i < files.Count; i++)
        {
            EncodedFileHeader header = files[i].Header;
            string pair = $"{files[0].Path} and {files[i].Path}";
            Require(header.Project == first.Project, $"{pair} are of different projects");
            Require(
                header.Schema.EncodingFingerprint == first.Schema.EncodingFingerprint,
                $"{pair} were encoded by different schemas (encoding fingerprints differ)");
            Require(header.Epoch == first.Epoch, $"{pair} were encoded with keys of different epochs");
            Require(
                header.KeyId == first.KeyId && header.CheckValue == first.CheckValue,
                $"{pair} were encoded with different keys");
            for (int j = 0; j < i; j++)
            {
                Require(
                    header.Party != files[j].Header.Party,
                    $"{files[j].Path} and {files[i].Path} are both of party {header.Party}");
            }
        }
    }

    private static LinkageSchema ChooseSchema(IReadOnlyList<EncodedFile> files, LinkerOptions options)
    {
        LinkageSchema first = files[0].Header.Schema;
        if (options.Schema is { } given)
        {
            given.Validate();
            Require(
                given.EncodingFingerprint == first.EncodingFingerprint,
                "the given schema and the files have different encoding fingerprints");
            return given;
        }

        foreach (EncodedFile file in files)
        {
            Require(
                file.Header.Schema.LinkageFingerprint == first.LinkageFingerprint,
                $"{files[0].Path} and {file.Path} carry different levels, groups or thresholds "
                + "(linkage fingerprints differ); name the schema to link by");
        }

        return first;
    }

    private static bool Fits(FellegiSunterModel model, LinkageSchema schema)
    {
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(schema);
        return model.LinkageFingerprint == schema.LinkageFingerprint
            && model.Comparisons.Count == comparisons.Count
            && comparisons.Select(
                (comparison, c) => comparison.LevelCount == model.Comparisons[c].Levels.Count).All(fits => fits);
    }

    private static bool[] FindDuplicatesFree(IReadOnlyList<EncodedFile> files, LinkerOptions options)
    {
        foreach (string party in options.DuplicateParties)
        {
            if (files.All(file => file.Header.Party != party))
            {
                throw new ArgumentException($"No file is of party {party}.", nameof(options));
            }
        }

        return [.. files.Select(file => files.Count > 1 && !options.DuplicateParties.Contains(file.Header.Party))];
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new EncodingFormatException($"The files cannot be linked: {message}.");
        }
    }
}
