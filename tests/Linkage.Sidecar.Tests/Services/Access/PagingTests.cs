using Grpc.Core;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Access;

public sealed class PagingTests
{
    [Theory]
    [InlineData("!")]
    [InlineData(" ")]
    [InlineData("A")]
    [InlineData("\u00e9\u00e9\u00e9\u00e9")]
    public void Read_TokenThatIsNoBase64_IsRefusedLikeAnyOther(string token)
    {
        Caller caller = new(CallerKind.Token, "analyst", CallerRoles.Analyst);

        RpcException refused = Assert.Throws<RpcException>(
            () => Paging.Read(token, caller, new ListProjectsRequest()));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }
}
