using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Composition;

/// <summary>What the settings say of all that runs the application's image.</summary>
internal static class AppArguments
{
    /// <summary>The code that development reloads; none where nothing is built.</summary>
    public static Reload? Reload(this Settings settings)
    {
        // The code of a published image is its own.
        if (settings.App.Image.Published is not null)
            return null;
        var reload = new Reload(settings.App.Image.Context, settings.App.Directory, settings.App.Source)
        {
            Mode = settings.App.Reload,
            Reloader = settings.App.Reloader,
        };
        return reload with { RebuildOn = [.. reload.RebuildOn, .. settings.App.Dependencies] };
    }

    /// <summary>The size of <c>/tmp</c>: two of the largest bodies that the proxy lets through, which a service spools there.</summary>
    public static Size Temporary(this Settings settings, string service, Size least)
        => new(Math.Max(least.Bytes, 2 * settings.Proxy.LargestBody(service).Bytes));
}
