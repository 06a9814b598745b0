using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>A kind of service that the settings can name: what its keys are, and what they make.</summary>
/// <param name="name">As <c>kind</c> has it, and as a service may be called that says no kind: <c>postgres</c>.</param>
/// <param name="sentence">What it is.</param>
public abstract class ServiceKind(string name, string sentence)
{
    /// <summary>As <c>kind</c> has it.</summary>
    public string Name { get; } = name;

    /// <summary>What it is.</summary>
    public string Sentence { get; } = sentence;

    /// <summary>Whether it runs the application's image, and so has what <c>infra:app</c> says of all that do.</summary>
    public virtual bool RunsApplication => false;

    /// <summary>Whether it is a step, which the application's processes wait for.</summary>
    public virtual bool IsStep => false;

    /// <summary>Whether it takes variables, secrets and files, as what runs a command does.</summary>
    public virtual bool IsProcess => RunsApplication;

    /// <summary>Whether it is asked whether it is well without being told how.</summary>
    public virtual bool HasProbe => true;

    /// <summary>What others can ask of it in a text: <c>url</c>.</summary>
    public abstract IReadOnlyCollection<string> Attributes { get; }

    /// <summary>Whether nothing of the kind ever runs here.</summary>
    public virtual bool IsElsewhere => false;

    /// <summary>The keys that say something of a service that runs elsewhere too.</summary>
    internal virtual IReadOnlyCollection<string> KeysElsewhere => [];

    /// <summary>The arguments of its component, as these settings have them.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="section">Its settings.</param>
    /// <param name="around">What is known of the stack.</param>
    internal abstract object Read(string service, Section section, KindContext around);

    /// <summary>The secrets that it brings along.</summary>
    internal virtual IEnumerable<Secret> Secrets(object args) => [];

    /// <summary>The same arguments while its password is being rotated.</summary>
    internal virtual object Rotating(object args, string? secret) => args;
}

/// <summary>What is known of a stack while its services are read.</summary>
/// <param name="App">The application.</param>
/// <param name="IsWatched">Whether anything scrapes metrics.</param>
/// <param name="HasBroker">Whether a RabbitMQ is among the services.</param>
/// <param name="IsSystem">Whether it is one of the ready systems.</param>
/// <param name="Databases">The names of those among the services that are a Postgres.</param>
internal sealed record KindContext(AppSettings App, bool IsWatched, bool HasBroker, bool IsSystem, ImmutableArray<string> Databases);
