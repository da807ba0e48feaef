using System.Security.Cryptography;

namespace Linkage.Sidecar.Identity;

/// <summary>Finds out who makes a call, and says nothing about why it could not.</summary>
/// <remarks>
/// <para>A token goes before the rest: it is what the request itself says. Beside a client certificate it must name
/// the same caller. Without a token the certificate decides, and on a unix socket the account of the peer.</para>
/// <para>Whatever is wrong with a credential, the answer is <see cref="Caller.Anonymous"/>, and the same work was
/// done: one hash, one look through all tokens. Refused tokens are limited by address and by token; a source over
/// its limit is refused before its token is looked at. Certificates and accounts cannot be guessed at, so they are
/// not limited.</para>
/// </remarks>
internal sealed class CallerResolver
{
    private const string Scheme = "Bearer ";

    private readonly PrincipalRegistry _principals;
    private readonly ITokenStore _tokens;
    private readonly FailureLimiter _failures;
    private readonly TimeProvider _time;

    /// <summary>Makes a resolver; safe to use from several threads.</summary>
    public CallerResolver(
        PrincipalRegistry principals, ITokenStore tokens, FailureLimiter failures, TimeProvider time)
    {
        _principals = principals;
        _tokens = tokens;
        _failures = failures;
        _time = time;
    }

    /// <summary>Who makes a request of Kestrel's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isAgain">Whether the request's caller was found out before, and is now asked for again.</param>
    public Caller Resolve(HttpContext context, bool isAgain = false) => Resolve(HttpEvidence.Of(context), isAgain);

    /// <summary>Who is shown by some evidence; <see cref="Caller.Anonymous"/> if nobody.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="isAgain">
    /// Whether the same evidence was good before: then it is no attempt at guessing, and others that fail from the same
    /// address do not end what is under way.
    /// </param>
    public Caller Resolve(CallerEvidence evidence, bool isAgain = false)
    {
        Principal? certified = evidence.Certificate is null ? null : _principals.Find(evidence.Certificate);
        if (evidence.Authorization.Count > 0)
        {
            return ByToken(evidence, certified, isAgain);
        }

        if (evidence.Certificate is not null)
        {
            return Of(CallerKind.Certificate, certified);
        }

        return evidence.PeerUserId is { } user
            ? Of(CallerKind.UnixSocket, _principals.Find(user))
            : Caller.Anonymous;
    }

    private static Caller Of(CallerKind kind, Principal? principal) =>
        principal is null ? Caller.Anonymous : new Caller(kind, principal.Name, principal.Role);

    private Caller ByToken(CallerEvidence evidence, Principal? certified, bool isAgain)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        bool isWellFormed = BearerToken.TryHash(TokenIn(evidence.Authorization), hash);
        string address = FailureLimiter.SourceOf(evidence.Remote);
        string credential = FailureLimiter.SourceOf(hash);
        if (!isAgain && (_failures.IsBlocked(address) || _failures.IsBlocked(credential)))
        {
            return Caller.Anonymous;
        }

        TokenRecord? token = _tokens.Find(hash);
        bool isValid = isWellFormed && token is not null && token.IsValidAt(_time.GetUtcNow());
        bool agrees = evidence.Certificate is null
            || (certified is not null && certified.Name == token?.Party && certified.Role == token.Role);
        if (isValid && agrees)
        {
            return new Caller(CallerKind.Token, token!.Party, token.Role);
        }

        if (!isAgain)
        {
            _failures.Note(address);
            _failures.Note(credential);
        }

        return Caller.Anonymous;
    }

    private static ReadOnlySpan<char> TokenIn(IReadOnlyList<string?> authorization) =>
        authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? only.AsSpan(Scheme.Length)
            : [];
}
