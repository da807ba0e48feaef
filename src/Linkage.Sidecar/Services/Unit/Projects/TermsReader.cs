using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Projects;

/// <summary>Checks terms that are proposed.</summary>
internal static class TermsReader
{
    private const int LeastCount = 10;
    private const int LongestName = 200;
    private const int FingerprintDigits = 64;
    private const int KeyIdDigits = 16;
    private const int CheckValueDigits = 32;

    /// <summary>The terms to store.</summary>
    /// <exception cref="Grpc.Core.RpcException">Fields are wrong; all that are, are named.</exception>
    public static ProjectTerms Read(Terms? terms)
    {
        if (terms is null)
        {
            throw Refusals.BadField("terms", "Needed.");
        }

        FieldChecks checks = new();
        CheckUnitsOwn(terms, checks);
        CheckKey(terms, checks);
        LinkageSchema? schema = CheckSchema(terms, checks);
        CheckOutput(terms, checks);
        CheckModel(terms, schema, checks);
        checks.Require();
        return new ProjectTerms
        {
            EncodingFingerprint = terms.EncodingFingerprint,
            LinkageFingerprint = terms.LinkageFingerprint,
            SchemaText = terms.SchemaText,
            KeyProject = terms.KeyProject,
            KeyId = terms.KeyId,
            Epoch = terms.Epoch,
            CheckValue = terms.CheckValue,
            ModelText = terms.Model.Given?.ModelText,
            Output = OutputTypes.ToStored(terms.OutputType)!.Value,
            SmallestCount = terms.SmallestCount == 0 ? LeastCount : terms.SmallestCount,
        };
    }

    private static void CheckUnitsOwn(Terms terms, FieldChecks checks) => checks
        .That(terms.Revision == 0, "terms.revision", "Given by the unit.")
        .That(terms.Digest.Length == 0, "terms.digest", "Given by the unit.")
        .That(terms.ProposedBy.Length == 0, "terms.proposed_by", "Given by the unit.")
        .That(terms.ProposeTime is null, "terms.propose_time", "Given by the unit.");

    private static void CheckKey(Terms terms, FieldChecks checks) => checks
        .That(terms.KeyProject.Length is > 0 and <= LongestName, "terms.key_project", "1 to 200 characters.")
        .Hex(terms.KeyId, KeyIdDigits, "terms.key_id")
        .That(terms.Epoch >= 1, "terms.epoch", "1 or more.")
        .Hex(terms.CheckValue, CheckValueDigits, "terms.check_value");

    private static LinkageSchema? CheckSchema(Terms terms, FieldChecks checks)
    {
        checks.Hex(terms.EncodingFingerprint, FingerprintDigits, "terms.encoding_fingerprint");
        checks.Hex(terms.LinkageFingerprint, FingerprintDigits, "terms.linkage_fingerprint");
        LinkageSchema schema;
        try
        {
            schema = LinkageSchema.Parse(Encoding.UTF8.GetBytes(terms.SchemaText));
        }
        catch (LinkageSchemaException)
        {
            checks.That(false, "terms.schema_text", "Not a schema of format linkage-schema/1.");
            return null;
        }

        checks
            .That(
                schema.EncodingFingerprint == terms.EncodingFingerprint,
                "terms.encoding_fingerprint",
                "Not that of the schema.")
            .That(
                schema.LinkageFingerprint == terms.LinkageFingerprint,
                "terms.linkage_fingerprint",
                "Not that of the schema.");
        return schema;
    }

    private static void CheckOutput(Terms terms, FieldChecks checks)
    {
        checks
            .That(OutputTypes.ToStored(terms.OutputType) is not null, "terms.output_type", "One has to be chosen.")
            .That(
                terms.SmallestCount is 0 or >= LeastCount, "terms.smallest_count", "10 or more, or 0 for 10.");
    }

    private static void CheckModel(Terms terms, LinkageSchema? schema, FieldChecks checks)
    {
        checks.That(
            terms.Model is { SourceCase: not ModelPolicy.SourceOneofCase.None }, "terms.model", "Estimated or given.");
        if (terms.Model?.Given is { } given && GivenModelText.FindFault(given.ModelText, schema) is { } fault)
        {
            checks.That(false, "terms.model.given.model_text", $"Not a model of the schema. {fault}.");
        }
    }
}
