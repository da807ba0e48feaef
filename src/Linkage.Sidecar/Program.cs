using Linkage.Sidecar.Hosting;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        SidecarOptions options;
        try
        {
            options = SidecarOptionsReader.Read(args, AppContext.BaseDirectory);
        }
        catch (SidecarOptionsException wrong)
        {
            await Console.Error.WriteLineAsync($"linkage sidecar: {wrong.Message}");
            return 1;
        }

        await using WebApplication app = SidecarHost.Build(options);
        return await SidecarHost.RunAsync(app, options, CancellationToken.None);
    }
}
