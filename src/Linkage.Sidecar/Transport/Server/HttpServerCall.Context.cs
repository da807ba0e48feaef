using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <content>What the call tells its handler.</content>
internal sealed partial class HttpServerCall
{
    private const string CommonNameProperty = "x509_common_name";
    private const string AlternativeNameProperty = "x509_subject_alternative_name";

    private readonly string _method;
    private readonly Metadata _trailers = [];

    private Metadata? _requestHeaders;
    private AuthContext? _authContext;

    protected override string MethodCore => _method;

    protected override string HostCore => HttpContext.Request.Host.Value ?? string.Empty;

    protected override string PeerCore
    {
        get
        {
            IPAddress? address = HttpContext.Connection.RemoteIpAddress;
            string port = HttpContext.Connection.RemotePort.ToString(CultureInfo.InvariantCulture);
            return address switch
            {
                null => "unix:",
                { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"ipv6:[{address}]:{port}",
                _ => $"ipv4:{address}:{port}",
            };
        }
    }

    protected override DateTime DeadlineCore => _deadline?.Utc ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore =>
        _requestHeaders ??= MetadataCodec.Read(HttpContext.Request.Headers).Freeze();

    protected override CancellationToken CancellationTokenCore => _cancelled;

    protected override Metadata ResponseTrailersCore => _trailers;

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore =>
        _authContext ??= ReadCertificate(HttpContext.Connection.ClientCertificate);

    private static AuthContext ReadCertificate(X509Certificate2? certificate)
    {
        Dictionary<string, List<AuthProperty>> properties = [];
        if (certificate is null)
        {
            return new AuthContext(null, properties);
        }

        string[] alternatives = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames())];
        properties[CommonNameProperty] =
            [Property(CommonNameProperty, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))];
        if (alternatives.Length > 0)
        {
            properties[AlternativeNameProperty] =
                [.. alternatives.Select(name => Property(AlternativeNameProperty, name))];
        }

        return new AuthContext(alternatives.Length > 0 ? AlternativeNameProperty : CommonNameProperty, properties);
    }

    private static AuthProperty Property(string name, string value) =>
        AuthProperty.Create(name, Encoding.UTF8.GetBytes(value));
}
