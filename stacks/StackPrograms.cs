using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Stacks.Systems;
using Infra.Targets;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Stacks;

/// <summary>Makes the stack that the settings ask for, and gathers what it would run.</summary>
public static class StackPrograms
{
    /// <summary>Makes the stack on this host, with the images that the place can have.</summary>
    public static Stack Make(IServiceHost host, Settings settings, ImageSource images)
    {
        if (images == ImageSource.Debian)
        {
            host = new ImageChoosingHost(host, DebianImages.Choose, DebianImages.ChooseBuild);
            settings = settings.WithoutWhatDebianLacks();
        }

        host = host.Named(settings.Systems.ContainerNames);
        return settings.Systems.Kind switch
        {
            SystemKind.Hexagonal => new Hexagonal(host, settings),
            SystemKind.Mikrom => new Mikrom(host, settings),
            SystemKind.CreatorHub => new CreatorHub(host, settings),
            SystemKind.Marketplace => new Marketplace(host, settings),
            SystemKind.Paqueteria => new Paqueteria(host, settings),
            _ => settings.Environment == EnvironmentKind.Dev ? new DevStack(host, settings) : new ProdStack(host, settings),
        };
    }

    /// <summary>What the stack would run, gathered from a run under the mock engine.</summary>
    public static async Task<Topology> GatherAsync(Settings settings, ImageSource images = ImageSource.Registry)
    {
        var host = new RecordingHost();
        Exception? failure = null;
        var provider = new StackProvider(() =>
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
        catch (RunException) when (failure is not null)
        {
            // Pulumi tells a failing constructor as a text with a stack trace; its own message is what helps.
            throw new RunException(failure.Message, failure);
        }

        return new Topology(settings.Naming, host.Services);
    }
}
