using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>A store: it holds data, others have its URL.</summary>
internal abstract class StoreKind<TArgs>(string name, string sentence) : RunnableKind(name, sentence) where TArgs : class
{
    public sealed override IReadOnlyCollection<string> Attributes => ReferenceText.Attributes;

    /// <summary>The secret that is the password of such a service: <c>postgres-password</c>.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="around">The stack; a system's stores have passwords that are called after their kinds.</param>
    protected Secret PasswordOf(string service, KindContext around) => new((around.IsSystem ? Name : service.Replace('_', '-')) + "-password");

    internal sealed override object Read(string service, Section section, KindContext around)
    {
        var args = ReadArgs(service, section, around);
        var isElsewhere = section.IsSet("external");
        var external = section.Read(
            "external",
            "where it runs, if that is elsewhere: then nothing here starts it, and nothing waits for it",
            inner => ExternalSettings.Read(inner, isElsewhere)
        );
        var isBackedUp = section.Flag(
            "backup",
            "of one that runs elsewhere: whether the daily backup dumps it, which it can of Postgres alone; `false` says that somebody else does"
        );
        if (isElsewhere && around.IsSystem) section.Report("external", "A system runs its own stores.", "Drop it.");
        if (isElsewhere && isBackedUp == true && !CanBackUpElsewhere)
            section.Report("backup", $"No backup is taken of a {Name} that runs elsewhere.", "Drop it, or write false.");
        if (!isElsewhere && section.IsSet("backup")) section.Report("backup", "What runs here is in the backup.", "Drop it.");
        return isElsewhere && !around.IsSystem ? new ExternalStore(external.Of(Describe(service, args)), args, isBackedUp) : args;
    }

    internal sealed override IReadOnlyCollection<string> KeysElsewhere => ["external", "backup", .. KeysOfClients];

    internal sealed override IEnumerable<Secret> Secrets(object args) => args switch
    {
        ExternalStore { External.Endpoint.Password: { } known } => [known],
        TArgs own => Password(own) is { } password ? [password] : [],
        _ => [],
    };

    internal sealed override object Rotating(object args, string? secret)
        => args is TArgs own ? Rotating(own, secret is not null && secret == Password(own)?.Name) : args;

    /// <summary>The keys of its own that matter to who uses it, wherever it runs.</summary>
    protected virtual IReadOnlyCollection<string> KeysOfClients => [];

    /// <summary>Whether the backup service can dump one that runs elsewhere.</summary>
    protected virtual bool CanBackUpElsewhere => false;

    protected abstract ServiceSpec Describe(string service, TArgs args);

    public sealed override ServiceComponent Make(ServiceSettings settings, IServiceHost host) => Make(settings.Name, (TArgs)settings.Args, host);

    protected abstract TArgs ReadArgs(string service, Section section, KindContext around);

    /// <summary>Its password; nothing where it asks for none.</summary>
    protected abstract Secret? Password(TArgs args);

    protected abstract TArgs Rotating(TArgs args, bool isRotating);

    protected abstract ServiceComponent Make(string name, TArgs args, IServiceHost host);
}
