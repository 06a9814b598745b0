using Infra.Components.Debian;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Stacks.Systems;
using Infra.Targets;
using Infra.Targets.Containers;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Stacks;

/// <summary>Makes the stack that the settings ask for, and gathers what it would run.</summary>
public static class StackFactory
{
    /// <summary>Makes the stack on this host, with the images that the place can have.</summary>
    public static Stack Make(IServiceHost host, Settings settings, ImageSource images)
    {
        var chosen = settings.App.Rollback.IsEmpty ? host : new ImageChoosingHost(host, settings.RolledBack, build => build);
        if (images == ImageSource.Debian)
        {
            chosen = new ImageChoosingHost(chosen, DebianImages.Choose, DebianImages.ChooseBuild);
            settings = settings.WithoutWhatDebianLacks();
        }

        var stack = Make(chosen.Adjusted(settings), settings);
        if (host is ContainerHost containers) stack.Report(containers.Exports);
        return stack;
    }

    /// <summary>Findings on settings for services that the stack does not have.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="all">What the stack runs where every image comes from its registry: what has no image here is not unknown.</param>
    public static IEnumerable<Finding> Review(Settings settings, Topology all)
        => [.. settings.Systems.Review(all), .. settings.Volumes.Review(all), .. DatabaseBackups.Review(settings)];

    /// <summary>What the stack would run if every image came from its registry.</summary>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="images">Where the images of <paramref name="topology"/> come from.</param>
    /// <param name="topology">What it runs.</param>
    public static async Task<Topology> GatherAllAsync(Settings settings, ImageSource images, Topology topology)
        => images == ImageSource.Debian ? await GatherAsync(settings) : topology;

    private static ServiceStack Make(IServiceHost host, Settings settings) => settings.Systems.Kind switch
    {
        SystemKind.Hexagonal => new Hexagonal(host, settings),
        SystemKind.Mikrom => new Mikrom(host, settings),
        SystemKind.CreatorHub => new CreatorHub(host, settings),
        SystemKind.Marketplace => new Marketplace(host, settings),
        SystemKind.Paqueteria => new Paqueteria(host, settings),
        _ => settings.Environment == EnvironmentKind.Dev ? new DevStack(host, settings) : new ProdStack(host, settings),
    };

    /// <summary>What the stack would run, gathered from a run under the mock engine.</summary>
    public static async Task<Topology> GatherAsync(Settings settings, ImageSource images = ImageSource.Registry)
    {
        var host = new RecordingHost();
        Exception? failure = null;
        var provider = Provider(() =>
        {
            try
            {
                return Make(host, settings, images);
            }
            catch (Exception error)
            {
                failure = error;
                throw;
            }
        });
        try
        {
            var options = new TestOptions { ProjectName = settings.Naming.Project, StackName = settings.Naming.Stack };
            await Deployment.TestWithServiceProviderAsync<Stack>(new EmptyMocks(), provider, options);
        }
        // Several exceptions when something else failed too.
        catch (Exception reported) when (reported is RunException or AggregateException && failure is not null)
        {
            // Pulumi reports a failing constructor as a text with a stack trace; the exception's own message is what helps.
            throw new RunException(failure.Message, failure);
        }

        return new Topology(settings.Naming, host.Services);
    }

    /// <summary>Hands Pulumi a stack, made when Pulumi asks for it: inside the deployment, where configuration can be read.</summary>
    public static IServiceProvider Provider(Func<Stack> make) => new StackProvider(make);

    private sealed class StackProvider(Func<Stack> make) : IServiceProvider
    {
        public object GetService(Type serviceType) => make();
    }
}
