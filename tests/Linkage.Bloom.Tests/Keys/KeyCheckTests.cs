using System.Globalization;
using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Keys;

public class KeyCheckTests
{
    [Fact]
    public void KeyCheck_SameKeyAndSchema_PassesOnBothSides()
    {
        using LinkageKey key = Samples.Key();
        using LinkageKey copy = Samples.Key();

        (KeyCheckResult first, KeyCheckResult second) = Run(Samples.People, key, Samples.People, copy);

        Assert.True(first.IsSame);
        Assert.Equal(first, second);
        Assert.Single(first.Describe());
    }

    [Fact]
    public void KeyCheck_OtherProject_IsFoundAndNamed()
    {
        using LinkageKey key = Samples.Key(project: "one");
        using LinkageKey other = Samples.Key(project: "two");

        AssertDifference(Samples.People, key, Samples.People, other, "different projects", r => r.SameProject, null);
    }

    [Fact]
    public void KeyCheck_OtherKeyId_IsFoundAndNamed()
    {
        using LinkageKey key = Samples.Key();
        using LinkageKey other = Samples.Key(2, keyId: "fedcba9876543210");

        AssertDifference(Samples.People, key, Samples.People, other, "key ids or epochs", r => r.SameKeyName, false);
    }

    [Fact]
    public void KeyCheck_OtherEpoch_IsFoundAndNamed()
    {
        using LinkageKey key = Samples.Key();
        using LinkageKey other = Samples.Key(epoch: 2);

        AssertDifference(Samples.People, key, Samples.People, other, "key ids or epochs", r => r.SameKeyName, false);
    }

    [Fact]
    public void KeyCheck_OtherRootUnderOneId_IsFoundAndNamed()
    {
        using LinkageKey key = Samples.Key();
        using LinkageKey other = Samples.Key(2);

        AssertDifference(
            Samples.People, key, Samples.People, other, "though they carry one id", r => r.SameKey == true, false);
    }

    [Fact]
    public void KeyCheck_OtherSchema_IsFoundAndNamed()
    {
        LinkageSchema other = Samples.People with { BlockLimit = 51 };
        using LinkageKey key = Samples.Key();

        AssertDifference(Samples.People, key, other, key, "schemas differ", r => r.SameSchema, null);
    }

    [Fact]
    public void KeyCheck_OtherThresholdsOnly_Passes()
    {
        LinkageSchema other = Samples.People with { Notes = "another remark", Thresholds = new(0.9, 0.2) };
        using LinkageKey key = Samples.Key();

        (KeyCheckResult first, KeyCheckResult second) = Run(Samples.People, key, other, key);

        Assert.True(first.IsSame);
        Assert.True(second.IsSame);
    }

    [Fact]
    public void Finish_OtherSelfTest_SaysThatSoftwareDiffers()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);

        KeyCheckResult result = KeyCheck.Finish(Samples.People, key, start, FlipHex(answer, "self-test")).Result;

        Assert.True(result.SameKey);
        Assert.False(result.SameSoftware);
        Assert.False(result.IsSame);
        Assert.Contains(result.Describe(), s => s.Contains("test record differently", StringComparison.Ordinal));
    }

    [Fact]
    public void Answer_ReplayedFromAnotherRun_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        string old = KeyCheck.Answer(Samples.People, key, KeyCheck.Start(Samples.People, key));
        string start = KeyCheck.Start(Samples.People, key);

        Assert.Throws<FormatException>(() => KeyCheck.Finish(Samples.People, key, start, old));
    }

    [Fact]
    public void Answer_ReplayedWithItsNoncePatched_ProvesNothing()
    {
        using LinkageKey key = Samples.Key();
        string old = KeyCheck.Answer(Samples.People, key, KeyCheck.Start(Samples.People, key));
        string start = KeyCheck.Start(Samples.People, key);
        string nonce = Line(start, "nonce")["nonce".Length..];
        string patched = old.Replace(Line(old, "answers"), "answers" + nonce, StringComparison.Ordinal);

        KeyCheckResult result = KeyCheck.Finish(Samples.People, key, start, patched).Result;

        Assert.False(result.SameKey);
    }

    [Fact]
    public void Confirm_ReplayedFromAnotherRun_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);
        string other = KeyCheck.Answer(Samples.People, key, start);
        string old = KeyCheck.Finish(Samples.People, key, start, other).ConfirmText;

        Assert.Throws<FormatException>(() => KeyCheck.Confirm(Samples.People, key, start, answer, old));
    }

    [Fact]
    public void Finish_OwnStartAsAnswer_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);

        Assert.Throws<FormatException>(() => KeyCheck.Finish(Samples.People, key, start, start));
    }

    [Fact]
    public void Finish_AnswerThatReflectsTheNonce_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);
        string reflected = answer.Replace(Line(answer, "nonce"), Line(start, "nonce"), StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => KeyCheck.Finish(Samples.People, key, start, reflected));
    }

    [Fact]
    public void Confirm_ProofOfTheAnswerSentBack_ProvesNothing()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);
        string confirm = KeyCheck.Finish(Samples.People, key, start, answer).ConfirmText;
        string echoed = confirm
            .Replace(Line(confirm, "proof"), Line(answer, "proof"), StringComparison.Ordinal)
            .Replace(Line(confirm, "self-test"), Line(answer, "self-test"), StringComparison.Ordinal);

        KeyCheckResult result = KeyCheck.Confirm(Samples.People, key, start, answer, echoed);

        Assert.False(result.SameKey);
    }

    [Fact]
    public void Finish_StartOfAnotherKey_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        using LinkageKey other = Samples.Key(2, keyId: "fedcba9876543210");
        string start = KeyCheck.Start(Samples.People, other);
        string answer = KeyCheck.Answer(Samples.People, key, start);

        Assert.Throws<FormatException>(() => KeyCheck.Finish(Samples.People, key, start, answer));
    }

    [Fact]
    public void Confirm_AnswerThatIsNotOnesOwn_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        using LinkageKey other = Samples.Key(2);
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, other, start);
        string confirm = KeyCheck.Finish(Samples.People, key, start, answer).ConfirmText;

        Assert.Throws<FormatException>(() => KeyCheck.Confirm(Samples.People, key, start, answer, confirm));
    }

    [Fact]
    public void Finish_CharactersOfTheAnswerAltered_DoesNotPass()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);

        // A prime step visits every line and, over the run, hex digits of all places.
        for (int i = 0; i < answer.Length; i += 7)
        {
            StringBuilder altered = new(answer);
            altered[i] = altered[i] == '0' ? '1' : '0';
            Assert.False(Passes(() => KeyCheck.Finish(Samples.People, key, start, altered.ToString()).Result));
        }
    }

    [Fact]
    public void Confirm_AnyTextCutAnywhere_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);
        string confirm = KeyCheck.Finish(Samples.People, key, start, answer).ConfirmText;

        for (int length = 0; length < answer.Length; length++)
        {
            Assert.Throws<FormatException>(
                () => KeyCheck.Answer(Samples.People, key, start[..Math.Min(length, start.Length - 1)]));
            Assert.Throws<FormatException>(() => KeyCheck.Finish(Samples.People, key, start, answer[..length]));
            Assert.Throws<FormatException>(() => KeyCheck.Confirm(
                Samples.People, key, start, answer, confirm[..Math.Min(length, confirm.Length - 1)]));
        }
    }

    [Fact]
    public void Finish_LineEndsChangedOnTheWay_StillPasses()
    {
        using LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start.ReplaceLineEndings("\r\n"));

        KeyCheckResult result = KeyCheck.Finish(Samples.People, key, start, answer.ReplaceLineEndings("\r\n")).Result;

        Assert.True(result.IsSame);
    }

    [Fact]
    public void Start_ProjectNameThatBreaksLines_StaysOnItsLine()
    {
        using LinkageKey key = Samples.Key(project: "a\nstep: answer\n\u2028é");
        (KeyCheckResult first, KeyCheckResult second) = Run(Samples.People, key, Samples.People, key);

        Assert.True(first.IsSame);
        Assert.True(second.IsSame);
    }

    [Fact]
    public void Parse_WrongLine_NamesTheLineAndQuotesNothing()
    {
        using LinkageKey key = Samples.Key();
        string[] lines = KeyCheck.Start(Samples.People, key).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] altered = [.. lines];
            altered[i] = "canary: canary";
            FormatException e = Assert.Throws<FormatException>(
                () => KeyCheck.Answer(Samples.People, key, string.Join('\n', altered)));

            Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"line {i + 1}:"), e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void KeyCheck_TwoRuns_ShareNoProofAndNoNonce()
    {
        using LinkageKey key = Samples.Key();
        string[] runs = new string[2];
        for (int i = 0; i < runs.Length; i++)
        {
            string start = KeyCheck.Start(Samples.People, key);
            string answer = KeyCheck.Answer(Samples.People, key, start);
            runs[i] = start + answer + KeyCheck.Finish(Samples.People, key, start, answer).ConfirmText;
        }

        string[] ofRun = ["nonce: ", "answers: ", "confirms: ", "proof: ", "self-test: "];
        string[] first = [.. runs[0].Split('\n').Where(line => ofRun.Any(line.StartsWith))];
        Assert.Equal(8, first.Length);
        Assert.Empty(first.Intersect(runs[1].Split('\n')));
    }

    [Fact]
    public void KeyCheck_Texts_HoldNothingDerivedForOtherUses()
    {
        using LinkageKey key = Samples.Key();
        using KeyTree tree = Samples.Tree();
        string start = KeyCheck.Start(Samples.People, key);
        string answer = KeyCheck.Answer(Samples.People, key, start);
        string all = start + answer + KeyCheck.Finish(Samples.People, key, start, answer).ConfirmText;

        Assert.DoesNotContain(Convert.ToHexStringLower(key.Root)[..16], all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(tree.ComputeCheckValue()), all, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToHexStringLower(SelfTest.Compute(Samples.People, tree))[..16], all, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_DisposedKey_Throws()
    {
        LinkageKey key = Samples.Key();
        string start = KeyCheck.Start(Samples.People, key);
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => KeyCheck.Answer(Samples.People, key, start));
    }

    private static (KeyCheckResult First, KeyCheckResult Second) Run(
        LinkageSchema firstSchema, LinkageKey firstKey, LinkageSchema secondSchema, LinkageKey secondKey)
    {
        string start = KeyCheck.Start(firstSchema, firstKey);
        string answer = KeyCheck.Answer(secondSchema, secondKey, start);
        (KeyCheckResult first, string confirm) = KeyCheck.Finish(firstSchema, firstKey, start, answer);
        return (first, KeyCheck.Confirm(secondSchema, secondKey, start, answer, confirm));
    }

    private static void AssertDifference(
        LinkageSchema firstSchema,
        LinkageKey firstKey,
        LinkageSchema secondSchema,
        LinkageKey secondKey,
        string words,
        Func<KeyCheckResult, bool> property,
        bool? sameKey)
    {
        (KeyCheckResult first, KeyCheckResult second) = Run(firstSchema, firstKey, secondSchema, secondKey);

        Assert.Equal(first, second);
        Assert.False(first.IsSame);
        Assert.False(property(first));
        Assert.Equal(sameKey, first.SameKey);
        Assert.Null(first.SameSoftware);
        Assert.Contains(first.Describe(), sentence => sentence.Contains(words, StringComparison.Ordinal));
    }

    private static bool Passes(Func<KeyCheckResult> check)
    {
        try
        {
            return check().IsSame;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Line(string text, string name) =>
        text.Split('\n').Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal));

    private static string FlipHex(string text, string name)
    {
        string line = Line(text, name);
        return text.Replace(line, line[..^1] + (line[^1] == '0' ? '1' : '0'), StringComparison.Ordinal);
    }
}
