using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Admin;

/// <summary>Makes, revokes and lists bearer tokens, for those who may. Thread-safe.</summary>
/// <remarks>An operator who could have a token made for a party or an analyst could see results by it.</remarks>
internal sealed class TokenDesk
{
    private const long LongestSeconds = 366L * 24 * 60 * 60;

    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(1);

    private readonly ITokenStore _tokens;
    private readonly TokenRequests _requests;
    private readonly AuditOutbox _outbox;
    private readonly SidecarOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Keeps tokens where the process looks them up.</summary>
    public TokenDesk(ITokenStore tokens, UnitStore store, SidecarOptions options, TimeProvider time)
    {
        _tokens = tokens;
        _requests = store.TokenRequests;
        _outbox = store.AuditMarks.Outbox;
        _options = options;
        _time = time;
    }

    /// <summary>A role as the contract has it.</summary>
    public static Role RoleOf(CallerRoles role) => role switch
    {
        CallerRoles.Party => Role.Party,
        CallerRoles.Analyst => Role.Analyst,
        CallerRoles.Operator => Role.Operator,
        CallerRoles.Auditor => Role.Auditor,
        _ => Role.Unspecified,
    };

    /// <summary>Makes a token.</summary>
    /// <returns>What is kept of it, and its text; the text is empty if the request was answered before.</returns>
    /// <exception cref="Grpc.Core.RpcException">The caller may not have one made for that identity.</exception>
    public async Task<(TokenRecord Token, string Text)> IssueAsync(
        Caller caller, IssueTokenRequest asked, IdempotentRequest request, CancellationToken cancellation)
    {
        CallerRoles role = RoleFor(caller, asked.Subject);
        TimeSpan life = LifeOf(asked);
        (string text, TokenRecord token) = BearerToken.Create(asked.Subject, role, _time.GetUtcNow() + life);
        string id = await _requests.NoteAsync(request, token.Id, earlier => Find(earlier) is not null, cancellation);
        if (id != token.Id)
        {
            return (Find(id) ?? throw Refusals.Unknown("token"), string.Empty);
        }

        _tokens.Add(token);
        return (token, text);
    }

    /// <summary>Makes a token useless.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none, or it is none of the caller's.</exception>
    public async Task<TokenRecord> RevokeAsync(Caller caller, string id, CancellationToken cancellation)
    {
        if (List(caller, forChange: true).All(token => token.Id != id))
        {
            throw Refusals.Unknown("token");
        }

        await _outbox.NoteIntentAsync(cancellation); // tokens are not in the store
        return _tokens.Revoke(id, _time.GetUtcNow()) ? Find(id)! : throw Refusals.Unknown("token");
    }

    /// <summary>The tokens the caller may know of, in the order in which they were made.</summary>
    public IEnumerable<TokenRecord> List(Caller caller) => List(caller, forChange: false);

    private IEnumerable<TokenRecord> List(Caller caller, bool forChange)
    {
        AccessRole role = AccessPolicy.RoleOf(caller);
        bool seesAll = role == AccessRole.Operator || (role == AccessRole.Auditor && !forChange);
        return _tokens.List().Where(
            token => seesAll || (token.Party == caller.Name && token.Role == caller.Roles));
    }

    private TokenRecord? Find(string id) => _tokens.List().FirstOrDefault(token => token.Id == id);

    private CallerRoles RoleFor(Caller caller, string subject)
    {
        if (subject == caller.Name)
        {
            return caller.Roles;
        }

        AccessRule rule = AccessTable.Find("linkage.v1.AdminService/IssueToken", AccessPolicy.RoleOf(caller)).Rule;
        bool seesNoResults = rule == AccessRule.NoWayToResults;
        Principal? other = _options.Principals.FirstOrDefault(
            known => known.Name == subject && known.Role is CallerRoles.Operator or CallerRoles.Auditor);
        return seesNoResults && other is not null
            ? other.Role
            : throw Refusals.Of(
                ErrorReason.RoleNotAllowed, AccessRules.Sentence(rule), [("rule", AccessRules.Name(rule))]);
    }

    private TimeSpan LifeOf(IssueTokenRequest asked)
    {
        if (asked.Lifetime is null)
        {
            return _options.Tokens.Lifetime;
        }

        bool isSound = asked.Lifetime.Seconds is >= 0 and <= LongestSeconds;
        TimeSpan life = isSound ? TimeSpan.FromSeconds(asked.Lifetime.Seconds) : TimeSpan.Zero;
        return life >= ShortestLife && life <= _options.Tokens.MaximumLifetime
            ? life
            : throw Refusals.BadField("lifetime", "From a minute to what the operator allows, 366 days at most.");
    }
}
