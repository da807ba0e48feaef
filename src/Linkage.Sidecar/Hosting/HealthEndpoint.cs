namespace Linkage.Sidecar.Hosting;

/// <summary>Tells a supervisor that the process lives, and which version it is.</summary>
internal static class HealthEndpoint
{
    /// <summary>The path of the answer.</summary>
    public const string Path = "/health";

    private static readonly HealthAnswer Alive = new("ok", ProductVersion.Current);

    /// <summary>Writes the answer; status 200.</summary>
    public static Task AnswerAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        Alive, SidecarJson.Default.HealthAnswer, cancellationToken: context.RequestAborted);
}
