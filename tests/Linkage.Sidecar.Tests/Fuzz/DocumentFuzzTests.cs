using System.Collections;
using System.Text;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Services.Unit.Projects;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Documents and files that others hand over. A failure names its round: it is the seed.</summary>
public sealed class DocumentFuzzTests(EncodedPeople people) : IClassFixture<EncodedPeople>, IDisposable
{
    private const int Seed = 11;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TermsReader_MutatedSchemaOrModel_IsTakenOrRefusedAsWrongField()
    {
        Terms sound = people.Terms();
        byte[] schema = Encoding.UTF8.GetBytes(sound.SchemaText);
        byte[] model = Encoding.UTF8.GetBytes("{\"format\":\"linkage-model/1\",\"fields\":[]}");
        for (int round = 0; round < 2000; round++)
        {
            FuzzRandom random = new(Seed, round);
            Terms terms = sound.Clone();
            terms.SchemaText = Encoding.UTF8.GetString(FuzzBytes.Mutate(schema, random));
            if (random.Chance(50))
            {
                terms.Model = new ModelPolicy
                {
                    Given = new GivenModel { ModelText = Encoding.UTF8.GetString(FuzzBytes.Mutate(model, random)) },
                };
            }

            Exception? failure = Record.Exception(() => TermsReader.Read(terms));

            Assert.True(
                failure is null or RpcException { StatusCode: StatusCode.InvalidArgument },
                $"round {round}: {failure?.GetType().Name}");
        }
    }

    [Fact]
    public void ColumnsDocument_MutatedText_IsTakenOrRefused()
    {
        byte[] sound = Encoding.UTF8.GetBytes(
            """
            {"format":"linkage-columns/1","dateOrder":"dmy","delimiter":";","id":"no",
             "fields":{"given":"vorname","born":{"year":"j","month":"m","day":"t"},"number":null}}
            """);
        Mutated(3000, sound, path => ColumnsDocument.Load(path), failure => failure is RpcException);
    }

    [Fact]
    public void SidecarOptionsReader_MutatedText_IsTakenOrRefused()
    {
        using ConfigFolder installed = new();
        byte[] sound = File.ReadAllBytes(installed.Config);
        Mutated(
            3000,
            sound,
            path => SidecarOptionsReader.Read(path, new Hashtable()),
            failure => failure is SidecarOptionsException);
    }

    [Fact]
    public void EncodedFile_MutatedBytes_IsOpenedAndCheckedOrRefusedWithItsOffset()
    {
        Mutated(
            300,
            people.BytesOf("health"),
            path =>
            {
                using EncodedFile file = EncodedFile.Open(path);
                PreflightFile checkedFile = new("upload", "health", file);
                return FileChecks.Of(checkedFile, TermsReader.Read(people.Terms())).Count();
            },
            failure => failure is EncodingFormatException);
    }

    public void Dispose() => _folder.Dispose();

    private void Mutated<T>(int rounds, byte[] sound, Func<string, T> read, Func<Exception, bool> isRefusal)
    {
        string path = Path.Join(_folder.Path, "mutated");
        for (int round = 0; round < rounds; round++)
        {
            File.WriteAllBytes(path, FuzzBytes.Mutate(sound, new FuzzRandom(Seed, round)));
            Exception? failure = Record.Exception(() => read(path));
            Assert.True(failure is null || isRefusal(failure), $"round {round}: {failure?.GetType().Name}");
        }
    }
}
