using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Synthetic;

namespace Linkage.Benchmarks;

/// <summary>Generated people and their encoded files, in a folder of their own that goes with the object.</summary>
internal sealed class SampleFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkage-benchmarks-");
    private readonly LinkageKey _key = LinkageKey.Generate("benchmarks");

    public SampleFiles(int peoplePerAgency, int agencies)
    {
        Schema = LinkageSchema.Load(Path.Combine(AppContext.BaseDirectory, "us-people.schema.json"));
        PeopleGenerator generator = new(
            new PeopleOptions { PeoplePerAgency = peoplePerAgency, Agencies = agencies, Seed = 1 });
        People = [.. Enumerable.Range(0, agencies).Select(agency => generator.Records(agency).ToArray())];
    }

    public LinkageSchema Schema { get; }

    public SyntheticRecord[][] People { get; }

    public EncodedFile Encode(int agency)
    {
        string path = Path.Combine(_folder.FullName, $"agency_{agency}.lke");
        using RecordEncoder encoder = new(Schema, _key, $"agency_{agency}");
        using EncodedFileWriter writer = EncodedFileWriter.Create(path, path + ".map.csv", encoder);
        foreach (SyntheticRecord p in People[agency])
        {
            writer.Add(p.RecId, p.FirstName, p.LastName, p.Dob, p.Sex, p.Address, p.Zip, p.Ssn4, p.Phone);
        }

        writer.Complete();
        return EncodedFile.Open(path);
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
