using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

public class SchemaFingerprintsTests
{
    [Fact]
    public void Fingerprints_ChangedCopyOfASchemaInUse_AreThoseOfTheCopy()
    {
        LinkageSchema schema = Samples.Schema(Samples.PeopleJson);
        string encoding = schema.EncodingFingerprint;
        string linkage = schema.LinkageFingerprint;

        LinkageSchema copy = schema with { Profile = ProtectionProfile.Research };

        Assert.NotEqual(encoding, copy.EncodingFingerprint);
        Assert.NotEqual(linkage, copy.LinkageFingerprint);
    }
}
