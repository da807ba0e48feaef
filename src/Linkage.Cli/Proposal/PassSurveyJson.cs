using System.Text.Json;
using Linkage.Bloom.Blocking;

namespace Linkage.Cli.Proposal;

/// <summary>The figures of a schema's passes, for machines.</summary>
/// <param name="answer">The figures.</param>
internal sealed class PassSurveyJson(PassSurveyAnswer answer)
{
    private readonly PassSurveyResult _survey = answer.Survey;

    /// <summary>Writes the members of an object.</summary>
    /// <param name="json">Where to.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("records", _survey.Records);
        json.WriteNumber("population", _survey.Population);
        json.WriteNumber("block_limit", _survey.BlockLimit);
        json.WriteStartArray("passes");
        foreach (PassFigures pass in _survey.Passes)
        {
            WritePass(json, pass);
        }

        json.WriteEndArray();
        json.WriteNumber("records_in_no_pass", _survey.RecordsInNoPass);
        json.WriteNumber("disjoint_passes", _survey.DisjointPasses);
        json.WriteStartArray("chained_classes");
        foreach (ChainedClassShare chained in _survey.ChainedClasses)
        {
            json.WriteStartObject();
            json.WriteString("field", chained.Field);
            json.WriteNumber("values", chained.Values);
            json.WriteNumber("share", chained.Share);
            json.WriteNumber("largest_share", chained.LargestShare);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        CompletenessText.WriteJson(json, _survey.Completeness);
        WriteProposal(json);
    }

    private static void WritePass(Utf8JsonWriter json, PassFigures pass)
    {
        json.WriteStartObject();
        json.WriteString("name", pass.Pass.Name);
        WriteKey(json, pass.Pass.Key);
        json.WriteNumber("expected_pairs", pass.ExpectedPairs);
        json.WriteNumber("largest_block", pass.LargestBlock);
        WriteLoss(json, pass.Loss);
        json.WriteStartArray("by_group");
        foreach (PassLoss loss in pass.GroupLosses)
        {
            json.WriteStartObject();
            json.WriteString("group", loss.Group);
            json.WriteNumber("records", loss.Records);
            WriteLoss(json, loss);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteProposal(Utf8JsonWriter json)
    {
        json.WriteStartObject("proposal");
        json.WriteBoolean("differs", answer.Differs);
        json.WriteStartArray("passes");
        foreach (PassProposal pass in answer.Proposal)
        {
            json.WriteStartObject();
            WriteKey(json, pass.Pass.Key);
            json.WriteNumber("expected_pairs", pass.ExpectedPairs);
            json.WriteNumber("largest_block", pass.LargestBlock);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        CompletenessText.WriteJson(json, answer.ProposalCompleteness);
        json.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter json, IReadOnlyList<string> key)
    {
        json.WriteStartArray("key");
        foreach (string part in key)
        {
            json.WriteStringValue(part);
        }

        json.WriteEndArray();
    }

    private static void WriteLoss(Utf8JsonWriter json, PassLoss loss)
    {
        json.WriteNumber("without_key", loss.WithoutKey);
        json.WriteNumber("without_key_share", Share(loss.WithoutKey, loss.Records));
        json.WriteNumber("dropped", loss.Dropped);
        json.WriteNumber("dropped_share", Share(loss.Dropped, loss.Records));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
