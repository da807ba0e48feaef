using System.Reflection;

namespace Linkage.Sidecar.Hosting;

/// <summary>The version of the product, as <c>VersionPrefix</c> states it.</summary>
internal static class ProductVersion
{
    /// <summary>The version without the commit that the build appends after a plus sign.</summary>
    public static string Current { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
