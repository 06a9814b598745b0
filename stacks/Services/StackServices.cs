using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>The services that the settings name, made one after the other: each is led to those before it.</summary>
/// <param name="host">Where they run.</param>
/// <param name="settings">The settings.</param>
/// <param name="policy">What the stack wants of each, beside what the settings say; nothing when unset.</param>
internal sealed class StackServices(IServiceHost host, Settings settings, Func<ServiceSpec, ServiceSpec>? policy = null)
{
    private readonly ServiceOrder order = new(settings.Services);
    private readonly List<ServiceSpec> made = [];
    private readonly List<ServiceSpec> copied = [];
    private AppImage? app;

    /// <summary>All of them so far.</summary>
    public ImmutableArray<ServiceSpec> All => [.. made];

    /// <summary>The stores that run elsewhere.</summary>
    public ImmutableArray<ExternalStore> Elsewhere => [.. settings.Services.Select(service => service.Args).OfType<ExternalStore>()];

    /// <summary>The image of the application, built once: by the first that runs it.</summary>
    public Image App => app ??= new AppImage(AppSettings.ImageName, settings.App.Image, host);

    /// <summary>The proxy's arguments, with the services that are behind it and the steps that copy what it serves.</summary>
    public ProxyArgs Behind(ProxyArgs args) => args with { Services = All, After = [.. copied] };

    /// <summary>Makes every one of them, those first that others are led to.</summary>
    public StackServices AddAll()
    {
        foreach (var service in order.Sorted()) Add(service);
        return this;
    }

    /// <summary>Makes one by its name, with what a system adds to its arguments; nothing where it is switched off.</summary>
    public ServiceSpec? Add<TArgs>(string name, Func<TArgs, TArgs>? change = null) where TArgs : class
        => settings.Service(name) is { } service ? Add(service, args => change is null ? args : change((TArgs)args)) : null;

    /// <summary>The arguments of one of the application's processes, with the image, the variables and all that they share.</summary>
    public T Complete<T>(T args, ServiceSettings service) where T : AppArgs
    {
        var process = service.Process!;
        var resolved = Resolve(process.Environment, service);
        var files = Resolve(process.Files, service);
        return args with
        {
            Image = service.Kind.RunsApplication ? App : args.Image,
            Needs =
            [
                .. resolved.Where(each => each.Value.IsReference).Select(each => new Connection(each.Key, each.Value.Text, each.Value.Services)),
            ],
            After = [.. files.SelectMany(each => each.Value.Services).Concat(Before(service)).DistinctBy(other => other.Name)],
            Environment = Plain(resolved),
            Files =
            [
                .. files.Select(each => new ServiceFile(each.Key, each.Value.Text)),
                .. resolved.Concat(files).SelectMany(each => each.Value.Files).DistinctBy(file => file.Name),
            ],
            Externals = [.. resolved.Concat(files).SelectMany(each => each.Value.Externals).DistinctBy(external => external.Name)],
            Public = process.Public,
            Secrets = process.Secrets,
            Delivery = process.Delivery ?? SecretDelivery.File,
            ReadOnly = service.Kind.RunsApplication && (settings.App.ReadOnly ?? settings.Environment == EnvironmentKind.Prod),
            Mounts = [.. process.Volumes],
            Temporary = settings.Temporary(service.Name, args.Temporary),
            Reload =
                service is { Kind: { RunsApplication: true, IsStep: false }, Reloads: true } && settings.Environment == EnvironmentKind.Dev
                    ? settings.Reload()
                    : null,
        };
    }

    private sealed record NamedText(string Key, Resolved Value);

    private List<NamedText> Resolve(ImmutableSortedDictionary<string, ReferenceText> texts, ServiceSettings service)
    {
        var resolved = new List<NamedText>(texts.Count);
        foreach (var (key, text) in texts) resolved.Add(new NamedText(key, Resolve(text, service)));
        return resolved;
    }

    private static ImmutableSortedDictionary<string, Template> Plain(List<NamedText> texts)
    {
        var variables = Variables.None.ToBuilder();
        foreach (var each in texts)
            if (!each.Value.IsReference) variables[each.Key] = each.Value.Text;
        return variables.ToImmutable();
    }

    private Resolved Resolve(ReferenceText text, ServiceSettings service) => References.Resolve(text, name =>
    {
        if (settings.Service(name) is not { } other) return (null, null, null);
        if (other.Args is ExternalStore store) return (store.External.Endpoint, null, store.External);
        var spec = made.FirstOrDefault(one => one.Name == name);
        var awaited = other != service && service.WaitsForMentioned(other) ? spec : null;
        return (spec?.Endpoint ?? ((RunnableKind)other.Kind).EndpointOf(other), awaited, null);
    });

    private ServiceSpec? Add(ServiceSettings service, Func<object, object>? change = null)
    {
        if (service.Args is ExternalStore) return null;
        var args = service.Args switch
        {
            AppArgs process => Complete(process, service),
            PoolSettings pool => Complete(pool),
            _ => service.Args,
        };
        if (args is WebArgs web && settings.Proxy.Leads(service.Name))
            args = web with { IsBehindProxy = true };
        if (change is not null)
            args = change(args);
        if (args is AppArgs { Reload: not null } reloading && !service.Reloads)
            args = reloading with { Reload = null };
        var adjusted = new AdjustingHost(
            host,
            spec => (policy ?? (same => same))(
                service.Runtime.On(spec) with
                {
                    WaitsFor = [.. Waits(spec, service)],
                    // A gap costs nothing in development, and a container of a fixed name can be looked for.
                    Replacement = settings.Environment == EnvironmentKind.Dev ? Replacement.StopFirst : spec.Replacement,
                }
            )
        );
        if (args is AppArgs app && FilesOf(service.Name, app.Image) is { } copying) args = app with { After = [.. app.After, copying] };
        var component = ((RunnableKind)service.Kind).Make(service with { Args = args }, adjusted);
        made.Add(component.Spec);
        return component.Spec;
    }

    private object Complete(PoolSettings pool) => settings.Service(pool.Database)!.Args is ExternalStore store
        ? pool.Args(Postgres.Describe(store.External.Name, (PostgresArgs)store.Args), store.External)
        : pool.Args(made.First(other => other.Name == pool.Database), null);

    // The files of its image that the proxy serves are there before it answers with pages that ask for them.
    private ServiceSpec? FilesOf(string service, Image image)
    {
        var folders = settings.Proxy.Folders.Where(folder => folder.Service == service).Select(folder => folder.Path).ToArray();
        if (folders.Length == 0) return null;
        var args = new ImageFilesArgs { Image = image, Service = service, Folders = [.. folders.Order(StringComparer.Ordinal)] };
        var step = new ImageFiles(ImageFolder.StepOf(service), args, new AdjustingHost(host, policy ?? (same => same))).Spec;
        copied.Add(step);
        return step;
    }

    // Those that are mentioned nowhere in its variables, and steps.
    private IEnumerable<ServiceSpec> Before(ServiceSettings service) =>
        order.Before(service.Name).Except(service.Runtime.After.Keys)
            .Where(name => settings.Service(name)!.Kind.IsStep)
            .Select(name => made.FirstOrDefault(other => other.Name == name))
            .OfType<ServiceSpec>();

    private IEnumerable<Wait> Waits(ServiceSpec spec, ServiceSettings service)
    {
        var after = new List<Wait>();
        foreach (var (name, awaited) in service.Runtime.After)
            if (made.Find(other => other.Name == name) is { } other)
                after.Add(awaited.Condition is { } condition ? new Wait(name, condition) : other.AsWait());
        return spec.WaitsFor.Where(wait => after.All(other => other.Service != wait.Service)).Concat(after);
    }
}
