using System.Collections.Immutable;
using Infra.Operations.ComposeInput.Import.Outcomes;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Recognition;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>A service on its way from a Compose file into settings.</summary>
internal sealed class ServicePlan(ComposeService service, Recognized known)
{
    /// <summary>As the file has it.</summary>
    public ComposeService Service { get; } = service;

    /// <summary>What it was recognised as.</summary>
    public Recognized Known { get; } = known;

    /// <summary>Its name in both.</summary>
    public string Name => Service.Name;

    /// <summary>The name of its section in the settings; its own, but where the settings would not take that.</summary>
    public string SettingsName { get; set; } = service.Name;

    /// <summary>Its kind in the settings.</summary>
    public string Kind { get; set; } = known.Kind;

    /// <summary>Why it is written as another kind than it was recognised as.</summary>
    public string? KindReason { get; set; }

    /// <summary>What became of its keys.</summary>
    public Ledger Ledger { get; } = new($"services.{service.Name}", service.Keys);

    /// <summary>Its settings.</summary>
    public SettingsMap Settings { get; } = new();

    /// <summary>What is said before them.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>What clients of a store have to know; nothing of what is none.</summary>
    public StoreFacts? Store { get; set; }

    /// <summary>The port that it listens on, where that is known.</summary>
    public int? Port { get; set; }

    /// <summary>Its variables as the settings have them.</summary>
    public List<Variable> Variables { get; } = [];

    /// <summary>The services that its variables mention, and that it waits for because of that.</summary>
    public HashSet<string> Mentions { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it runs the application's image.</summary>
    public bool RunsApplication => Kind is "web" or "worker" or "beat" or "flower" or "process" or "step";

    /// <summary>Whether it is one of the stores.</summary>
    public bool IsStore => Kind is "postgres" or "redis" or "valkey" or "rabbitmq" or "pgbouncer";

    /// <summary>Whether it has variables, volumes and files of its own in the settings.</summary>
    public bool IsProcess => !IsStore;

    /// <summary>Whether it has nothing to do but pass on what comes from outside.</summary>
    public bool IsFront => Known.Role == Model.ServiceRole.Proxy;

    /// <summary>The services that it waits for in the file.</summary>
    public ImmutableArray<(string Service, string Condition)> Dependencies { get; } = [.. Recognizer.Dependencies(service)];
}

/// <summary>What clients of a store have to know.</summary>
/// <param name="Scheme">Its URL's scheme.</param>
/// <param name="Port">Its port.</param>
internal sealed record StoreFacts(string Scheme, int Port)
{
    /// <summary>The user, where it has one.</summary>
    public string? User { get; init; }

    /// <summary>The password, where it asks for one today.</summary>
    public string? Password { get; init; }

    /// <summary>The database, or the virtual host.</summary>
    public string? Name { get; init; }

    /// <summary>The variables by which its image is told these, each with what it stands for: <c>POSTGRES_USER</c> → <c>user</c>.</summary>
    public ImmutableDictionary<string, string> OwnVariables { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A variable of a service as the settings have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its text, with mentions of others in braces.</param>
/// <param name="Secret">The secret that is its value, where it is one by the variable's own name.</param>
internal sealed record Variable(string Name, string Text, string? Secret = null)
{
    /// <summary>Whether there is a secret in its value.</summary>
    public bool HasSecret { get; init; }
}
