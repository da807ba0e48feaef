using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The steps of a key check, with schema and key of the server's directories; nothing is kept of it.</summary>
internal sealed class KeyChecks(OwnerFiles files)
{
    private const int LongestText = 1 << 16;
    private const string StartField = "start_text";
    private const string AnswerField = "answer_text";
    private const string ConfirmationField = "confirmation_text";

    /// <summary>The first owner's text.</summary>
    public StartKeyCheckResponse Start(StartKeyCheckRequest request) =>
        With(request.Schema, request.Key, (schema, key) =>
            new StartKeyCheckResponse { StartText = KeyCheck.Start(schema, key) });

    /// <summary>The second owner's text.</summary>
    public AnswerKeyCheckResponse Answer(AnswerKeyCheckRequest request)
    {
        CheckText(request.StartText, StartField);
        return With(request.Schema, request.Key, (schema, key) =>
            new AnswerKeyCheckResponse { AnswerText = KeyCheck.Answer(schema, key, request.StartText) });
    }

    /// <summary>What was found: for the first owner, or by the confirmation for the second.</summary>
    public FinishKeyCheckResponse Finish(FinishKeyCheckRequest request)
    {
        CheckText(request.StartText, StartField);
        CheckText(request.AnswerText, AnswerField);
        if (request.ConfirmationText.Length > 0)
        {
            CheckText(request.ConfirmationText, ConfirmationField);
        }

        return With(request.Schema, request.Key, (schema, key) => Finish(request, schema, key));
    }

    private static FinishKeyCheckResponse Finish(FinishKeyCheckRequest request, LinkageSchema schema, LinkageKey key)
    {
        FinishKeyCheckResponse response = new();
        KeyCheckResult result;
        if (request.ConfirmationText.Length == 0)
        {
            (result, response.ConfirmationText) = KeyCheck.Finish(
                schema, key, request.StartText, request.AnswerText);
        }
        else
        {
            result = KeyCheck.Confirm(
                schema, key, request.StartText, request.AnswerText, request.ConfirmationText);
        }

        response.Same = result.IsSame;
        response.Findings.Add(result.Describe());
        return response;
    }

    private static void CheckText(string text, string field)
    {
        if (text.Length is 0 or > LongestText)
        {
            throw OwnerError.BadField(field, "must be the text of a key check");
        }
    }

    private T With<T>(string schemaName, string keyName, Func<LinkageSchema, LinkageKey, T> step)
    {
        string keyPath = files.Key(keyName, "key");
        (LinkageSchema schema, _) = OwnerMaterial.ReadSchema(files.Schema(schemaName, "schema"));
        using LinkageKey key = OwnerMaterial.ReadKey(keyPath);
        try
        {
            return step(schema, key);
        }
        catch (FormatException wrong)
        {
            // The library names the text and its line, and quotes neither.
            throw OwnerError.BadField(FieldOf(wrong.Message), $"is refused: {wrong.Message}");
        }
    }

    // The text that a message speaks of is the first one it names.
    private static string FieldOf(string message)
    {
        (string Word, string Field)[] texts =
        [
            ("start", StartField), ("answer", AnswerField), ("confirm", ConfirmationField),
        ];
        return texts
            .Select(text => (Place: message.IndexOf(text.Word, StringComparison.Ordinal), text.Field))
            .Where(text => text.Place >= 0)
            .OrderBy(text => text.Place)
            .Select(text => text.Field)
            .FirstOrDefault(StartField);
    }
}
