using System.Globalization;
using System.Reflection;
using Linkage.Sidecar.Telemetry;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Services.Operations;

public sealed class LogPageTests
{
    private const string LevelOfCalls = "Information; Debug for OK and CANCELLED";

    [Fact]
    public void Page_OfEvents_IsThatOfTheProcess()
    {
        (string Event, string Level, string Message)[] written =
        [
            .. from type in typeof(SidecarMetrics).Assembly.GetTypes()
               from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
               let line = method.GetCustomAttribute<LoggerMessageAttribute>()
               where line is not null
               orderby line.EventId
               select (
                   line.EventId.ToString(CultureInfo.InvariantCulture),
                   line.Level == LogLevel.None ? LevelOfCalls : line.Level.ToString(),
                   line.Message.Replace("\n", " ", StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(written);
        Assert.Equal(written, OperatePage.Events());
    }
}
