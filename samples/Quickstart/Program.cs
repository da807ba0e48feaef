// <quickstart>
using System.Globalization;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Evaluation;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;
using Linkage.Synthetic;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
DateTimeOffset started = DateTimeOffset.Now;
string folder = Path.Combine(AppContext.BaseDirectory, "output");
Directory.CreateDirectory(folder);

// Both owners: what they agreed on, and the key that the linkage unit never sees.
LinkageSchema schema = LinkageSchema.Load(Path.Combine(AppContext.BaseDirectory, "us-people.schema.json"));
using LinkageKey key = LinkageKey.Generate("quickstart");

// Each owner, in its own process: names become protected encodings; ids stay in the owner's map.
PeopleGenerator people = new(new PeopleOptions { PeoplePerAgency = 5_000, Agencies = 2, Seed = 1 });
Dictionary<string, string> truth = [];
foreach ((int agency, string party) in new[] { (0, "health"), (1, "benefits") })
{
    using RecordEncoder encoder = new(schema, key, party);
    using EncodedFileWriter writer = EncodedFileWriter.Create(Owned(party, "lke"), Owned(party, "map.csv"), encoder);
    Dictionary<string, string> persons = [];
    foreach (SyntheticRecord p in people.Records(agency))
    {
        writer.Add(p.RecId, p.FirstName, p.LastName, p.Dob, p.Sex, p.Address, p.Zip, p.Ssn4, p.Phone);
        persons.Add(p.RecId, p.TruthPersonId);
    }

    writer.Complete();
    foreach (string line in File.ReadLines(Owned(party, "map.csv")).Skip(1))
    {
        string[] cells = line.Split(',');
        truth.Add($"{party}/{cells[0]}", persons[cells[1]]);
    }
}

// The linkage unit: two files, no key, no plaintext.
using EncodedFile health = EncodedFile.Open(Owned("health", "lke"));
using EncodedFile benefits = EncodedFile.Open(Owned("benefits", "lke"));
LinkResult result = Linker.Link([health, benefits], new LinkerOptions { Seed = 1 });
LinkResultFiles.Write(result, folder, new RunFacts { Started = started, Elapsed = DateTimeOffset.Now - started });

// For this sample only: compare with the truth, which nobody has in real life.
RecordReference[] records = [.. Enumerable.Range(0, result.RecordCount).Select(result.Record)];
EvaluationRecords known = EvaluationRecords.FromLabels(
    2, [.. records.Select(r => r.Party == "health" ? 0 : 1)], [.. records.Select(r => truth[r.ToString()])]);
PredictedPair[] predicted =
[
    .. result.Pairs.Select(p => new PredictedPair(
        p.LeftRecord, p.RightRecord, p.Weight.Bits, p.Decision == Decision.Match)),
];
LinkageQuality quality = PairEvaluator.Evaluate(known, predicted);
Console.WriteLine($"precision {quality.Precision:F4}  recall {quality.Recall:F4}  F1 {quality.F1:F4}");
Console.WriteLine("the ten heaviest links:");
foreach (LinkedPair pair in result.Pairs.Where(p => p.Decision == Decision.Match).Take(10))
{
    Console.WriteLine($"  {pair.Left}  {pair.Right}  {pair.Weight.Bits:F1} bits  {pair.Probability:P1}");
}

Console.WriteLine($"report: {Path.Combine(folder, LinkResultFiles.ReportName)}");

string Owned(string party, string extension) => Path.Combine(folder, $"{party}.{extension}");
// </quickstart>
