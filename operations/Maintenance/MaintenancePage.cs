using Infra.Components.Programs;
using Infra.Operations.Project;

namespace Infra.Operations.Maintenance;

/// <summary>The page that a site shows while it is in maintenance.</summary>
public static class MaintenancePage
{
    /// <summary>In how many seconds clients are told to ask again, where nobody says another number.</summary>
    public const int RetryAfter = 600;

    private static readonly string Plain = Embedded.Text(typeof(MaintenancePage).Assembly, "maintenance.html");

    /// <summary>The application's own, or a plain one.</summary>
    public static string Of(StackContext stack) => stack.Settings.Proxy.MaintenancePage ?? Plain;
}
