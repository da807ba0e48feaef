namespace Linkage.Bloom.Keys;

/// <summary>The purposes of derived keys; no two keys of different purpose are related.</summary>
internal static class KeyPurpose
{
    /// <summary>Tokens of a field to positions of its base filter.</summary>
    public const string Token = "token";

    /// <summary>Values of an equality field to digests.</summary>
    public const string TagValue = "tag-value";

    /// <summary>Block keys of a pass to tokens and nonces.</summary>
    public const string Block = "block";

    /// <summary>Index sets and masks of a pass's blocks.</summary>
    public const string Diffusion = "diffusion";

    /// <summary>Equality tags of a pass.</summary>
    public const string Tag = "tag";

    /// <summary>The check value in a file's header.</summary>
    public const string FileCheck = "file-check";

    /// <summary>The comparison of two owners' keys.</summary>
    public const string KeyCheck = "key-check";

    /// <summary>Prefix of purposes under which the fixed synthetic record is encoded.</summary>
    public const string SelfTest = "self-test/";
}
