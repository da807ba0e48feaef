using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>How two owners find out, before they encode, whether their key, schema and software are the same.</summary>
/// <remarks>
/// <para>
/// Three short texts go to and fro: the first owner's <see cref="Start"/>, the second's <see cref="Answer"/>, the
/// first's confirmation from <see cref="Finish"/>, which the second reads with <see cref="Confirm"/>. They may travel
/// openly: public facts, fresh nonces, and proofs from which nothing of a key of 256 random bits can be computed.
/// </para>
/// <para>
/// A proof is HMAC-SHA-256 under a key of its own purpose over its owner's role and both texts so far, cut to 16 bytes;
/// so none can be replayed in another run or sent back as one's own. Each owner keeps its own texts and gives them back
/// unchanged: they are what makes a run this run. Thread-safe.
/// </para>
/// </remarks>
public static class KeyCheck
{
    /// <summary>Begins a check: the first owner's text.</summary>
    /// <param name="schema">The first owner's schema.</param>
    /// <param name="key">The first owner's key.</param>
    /// <returns>The start text, for the second owner and to be kept.</returns>
    public static string Start(LinkageSchema schema, LinkageKey key)
    {
        Validate(schema, key);
        return KeyCheckText.Start(schema, key).ToString();
    }

    /// <summary>Answers a start text: the second owner's text.</summary>
    /// <param name="schema">The second owner's schema.</param>
    /// <param name="key">The second owner's key.</param>
    /// <param name="startText">What the first owner sent.</param>
    /// <returns>The answer text, for the first owner and to be kept.</returns>
    /// <exception cref="FormatException">The text is no start text; the message names the line.</exception>
    public static string Answer(LinkageSchema schema, LinkageKey key, string startText)
    {
        Validate(schema, key);
        ArgumentNullException.ThrowIfNull(startText);
        KeyCheckText start = KeyCheckText.Parse(startText, KeyCheckText.StartStep);
        KeyCheckText answer = KeyCheckText.Answer(schema, key, start);
        using var prover = new KeyCheckProver(schema, key);
        return prover.Prove(answer, start).ToString();
    }

    /// <summary>Reads the answer and confirms it: the first owner's result and second text.</summary>
    /// <param name="schema">The first owner's schema.</param>
    /// <param name="key">The first owner's key.</param>
    /// <param name="startText">The first owner's own start text, as kept.</param>
    /// <param name="answerText">What the second owner sent.</param>
    /// <returns>The result, and the confirmation text for the second owner.</returns>
    /// <exception cref="FormatException">A text is not what it must be here; the message says which.</exception>
    public static (KeyCheckResult Result, string ConfirmText) Finish(
        LinkageSchema schema, LinkageKey key, string startText, string answerText)
    {
        Validate(schema, key);
        ArgumentNullException.ThrowIfNull(startText);
        ArgumentNullException.ThrowIfNull(answerText);
        KeyCheckText start = KeyCheckText.Parse(startText, KeyCheckText.StartStep);
        RequireOwn(start.IsOf(schema, key), KeyCheckText.StartStep);
        KeyCheckText answer = ParseAnswer(answerText, start);
        using var prover = new KeyCheckProver(schema, key);
        KeyCheckResult result = Judge(start, answer, prover.Verify(answer, start));
        KeyCheckText confirm = prover.Prove(KeyCheckText.Confirm(answer), start, answer);
        return (result, confirm.ToString());
    }

    /// <summary>Reads the confirmation: the second owner's result.</summary>
    /// <param name="schema">The second owner's schema.</param>
    /// <param name="key">The second owner's key.</param>
    /// <param name="startText">What the first owner sent first.</param>
    /// <param name="answerText">The second owner's own answer text, as kept.</param>
    /// <param name="confirmText">What the first owner sent last.</param>
    /// <returns>The result.</returns>
    /// <exception cref="FormatException">A text is not what it must be here; the message says which.</exception>
    public static KeyCheckResult Confirm(
        LinkageSchema schema, LinkageKey key, string startText, string answerText, string confirmText)
    {
        Validate(schema, key);
        ArgumentNullException.ThrowIfNull(startText);
        ArgumentNullException.ThrowIfNull(answerText);
        ArgumentNullException.ThrowIfNull(confirmText);
        KeyCheckText start = KeyCheckText.Parse(startText, KeyCheckText.StartStep);
        KeyCheckText answer = ParseAnswer(answerText, start);
        KeyCheckText confirm = KeyCheckText.Parse(confirmText, KeyCheckText.ConfirmStep);
        if (confirm["confirms"] != answer["nonce"])
        {
            throw new FormatException("key check: the confirm text belongs to another answer text");
        }

        using var prover = new KeyCheckProver(schema, key);
        // One's own proof can be made again: an answer that was altered, or not one's own, does not pass.
        RequireOwn(
            answer.IsOf(schema, key) && prover.Verify(answer, start) is (true, true), KeyCheckText.AnswerStep);
        return Judge(start, answer, prover.Verify(confirm, start, answer));
    }

    private static void Validate(LinkageSchema schema, LinkageKey key)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(key);
        schema.Validate();
    }

    private static KeyCheckText ParseAnswer(string answerText, KeyCheckText start)
    {
        KeyCheckText answer = KeyCheckText.Parse(answerText, KeyCheckText.AnswerStep);
        if (answer["answers"] != start["nonce"])
        {
            throw new FormatException("key check: the answer text belongs to another start text");
        }

        return answer["nonce"] != start["nonce"]
            ? answer
            : throw new FormatException("key check: the answer text has no nonce of its own");
    }

    private static void RequireOwn(bool own, string step)
    {
        if (!own)
        {
            throw new FormatException($"key check: the {step} text is not the one that this key and schema made");
        }
    }

    private static KeyCheckResult Judge(KeyCheckText start, KeyCheckText answer, (bool Key, bool Software) proved)
    {
        bool sameProject = Agree("project");
        bool sameName = Agree("key") && Agree("epoch");
        bool sameSchema = Agree("schema");
        bool? sameKey = !sameName ? false : sameProject && sameSchema ? proved.Key : null;
        return new KeyCheckResult
        {
            SameProject = sameProject,
            SameKeyName = sameName,
            SameSchema = sameSchema,
            SameKey = sameKey,
            SameSoftware = sameKey == true ? proved.Software : null,
        };

        bool Agree(string name) => start[name] == answer[name];
    }
}
