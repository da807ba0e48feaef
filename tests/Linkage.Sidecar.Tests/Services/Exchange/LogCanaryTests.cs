using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Transport;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Exchange;

public sealed class LogCanaryTests(EncodedPeople people) : IClassFixture<EncodedPeople>
{
    private const string Canary = "Wilhelmina-Canary-19370211";

    [Fact]
    public async Task Log_WholeFlowWithRefusals_HoldsNoNameKeyOrToken()
    {
        using CollectedLog log = new();
        string token;
        await using (UnitHost host = await UnitHost.StartAsync(log))
        {
            token = host.TokenOf("health");
            await UnitFlow.CreateAsync(host, Canary);
            Project project = await UnitFlow.AgreeAsync(host, people);
            await UnitFlow.UploadAsync(host, people, project.Id, "health");
            await UnitHost.RefusalAsync(host.Exchange().GetUploadAsync(
                new GetUploadRequest { UploadId = Canary }, host.As("health")));
            await UnitHost.RefusalAsync(host.Projects().CreateProjectAsync(
                new CreateProjectRequest { IdempotencyKey = Canary + " ", Name = Canary }, host.As("analyst")));
            await UnitHost.RefusalAsync(host.Projects().GetProjectAsync(
                new GetProjectRequest { ProjectId = project.Id },
                new CallOptions(new Metadata { { "authorization", $"Bearer {Canary}" } })));
        }

        string[] secrets =
            [Canary, token, people.Terms().CheckValue, people.Terms().KeyId, people.Terms().EncodingFingerprint];
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.All(
            secrets, secret => Assert.DoesNotContain(secret, line.Text, StringComparison.OrdinalIgnoreCase)));
    }
}
