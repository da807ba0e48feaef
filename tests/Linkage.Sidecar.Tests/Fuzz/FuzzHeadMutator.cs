using System.Buffers.Text;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Does to the head of a request what its mutations say.</summary>
internal sealed class FuzzHeadMutator
{
    private static readonly string[] ContentTypes =
    [
        "application/grpc", "application/grpc+proto", "application/grpc+json", "application/grpc-web",
        "application/grpc-web-text", "application/proto", "application/json", "application/connect+proto",
        "application/connect+json", "APPLICATION/GRPC ; x=1", "application/json; charset=utf-16", "text/plain", "*/*",
        "application/", ";", "application/x-www-form-urlencoded", "multipart/form-data",
    ];

    private static readonly string[] Timeouts =
    [
        "0S", "1n", "1m", "40m", "5S", "99999999H", "100000000S", "-1S", "1", "S", "", " 5S", "5 S", "1x", "1.5S",
        "0", "1", "40", "9999999999", "99999999999", "-1", "0x10",
    ];

    private static readonly string[] Encodings = ["gzip", "GZIP", "identity", "snappy", "gzip,identity", "", "br", "*"];

    private static readonly (string Name, string Value)[] Odd =
    [
        ("te", "trailers"), ("te", "gzip"), ("x-a-bin", "!!!"), ("x-a-bin", "AAA,,BBBB, C"), ("x-a-bin", "===="),
        ("-bin", "AA"), ("x!odd~name", "v"), ("grpc-status", "0"), ("grpc-message", "%zz%"), ("grpc-trace-bin", "?"),
        ("trailer-x", "1"), ("connect-protocol-version", "9"), ("grpc-accept-encoding", "gzip"),
        ("accept-encoding", "gzip;q=0"), ("cookie", "a=b"), ("grpc-status-details-bin", "AAAA"),
        ("x-forwarded-for", "203.0.113.9"), ("traceparent", "00-zz"), ("x-canary", FuzzNames.Canary),
        ("x-long", new string('a', 9000)), ("range", "bytes=0-1"), ("if-match", "*"), ("origin", "null"),
    ];

    private static readonly string[] Verbs = ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"];

    private readonly FuzzRequest _request;
    private readonly FuzzRandom _random;
    private readonly FuzzNames _names;

    public FuzzHeadMutator(FuzzRequest request, FuzzRandom random, FuzzNames names)
    {
        _request = request;
        _random = random;
        _names = names;
    }

    public void Run()
    {
        foreach (FuzzMutation mutation in _request.Mutations.Order())
        {
            Mutate(mutation);
        }
    }

    private void Mutate(FuzzMutation mutation)
    {
        switch (mutation)
        {
            case FuzzMutation.ContentType:
                _request.ContentType = _random.Pick(ContentTypes);
                break;
            case FuzzMutation.Timeout:
                _request.Headers[_random.Chance(60) ? "grpc-timeout" : "connect-timeout-ms"] = _random.Pick(Timeouts);
                break;
            case FuzzMutation.Encoding:
                string[] names = ["grpc-encoding", "content-encoding", "connect-content-encoding"];
                _request.Headers[_random.Pick(names)] = _random.Pick(Encodings);
                break;
            case FuzzMutation.Credential:
                ChangeCredential();
                break;
            case FuzzMutation.OddHeader:
                (string name, string value) = _random.Pick(Odd);
                _request.Headers[name] = value;
                break;
            case FuzzMutation.Path:
                _request.Path = ChangedPath(_request.Path);
                break;
            case FuzzMutation.Verb:
                _request.Verb = _random.Pick(Verbs);
                break;
            default:
                break;
        }
    }

    private void ChangeCredential()
    {
        string token = _random.Pick(_names.Tokens);
        string? credential = _random.Below(8) switch
        {
            0 => null,
            1 => token,
            2 => $"Basic {token}",
            3 => $"Bearer  {token}",
            4 => $"Bearer {token[..^1]}",
            5 => $"Bearer {Base64Url.EncodeToString(_random.Bytes(32))}",
            6 => $"bearer {token}",
            _ => $"Bearer {FuzzNames.Canary}",
        };
        _request.Headers.Remove("authorization");
        if (credential is not null)
        {
            _request.Headers["authorization"] = credential;
        }
    }

    private string ChangedPath(string path) => _random.Below(9) switch
    {
        0 => path + "X",
        1 => "/linkage.v1.NoService/Get",
        2 => path.ToLowerInvariant(),
        3 => path + "/",
        4 => "/" + path,
        5 => path + "?a=b",
        6 => "/" + path[1..].Replace("/", "%2F", StringComparison.Ordinal),
        7 => "/" + FuzzNames.Canary + "/" + new string('p', 2000),
        _ => "/",
    };
}
