using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class PrincipalRegistryTests
{
    [Fact]
    public void Find_SubjectOfACertificate_IsThePrincipalUnlessAmbiguous()
    {
        using DevelopmentAuthority authority = new(TimeProvider.System);
        PrincipalRegistry registry = new(
            [new Principal("health", CallerRoles.Party) { Subjects = ["health-gateway"] }]);
        using X509Certificate2 gateway = authority.IssueClient("health-gateway");
        using X509Certificate2 other = authority.IssueClient("Health-Gateway");
        using X509Certificate2 two = SelfSigned("CN=health-gateway, CN=other");
        using X509Certificate2 merged = SelfSigned("CN=health-gateway+OU=x");

        Assert.Equal("health", registry.Find(gateway)?.Name);
        Assert.Null(registry.Find(other));
        Assert.Null(registry.Find(two));
        Assert.Null(registry.Find(merged));
    }

    private static X509Certificate2 SelfSigned(string subject)
    {
        using ECDsa key = ECDsa.Create();
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }
}
