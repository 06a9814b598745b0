using Infra.Model;
using YamlDotNet.RepresentationModel;
using Entries = System.Collections.Generic.IEnumerable<(string Key, YamlDotNet.RepresentationModel.YamlNode? Value)>;

namespace Infra.Targets.Compose;

/// <summary>Writes one service completely: what it shares with others is taken out afterwards.</summary>
internal static class ServiceWriter
{
    public static YamlMappingNode Write(ServiceSpec service, ComposeScope scope) => Yaml.Map([
        .. Start(service, scope),
        .. Files(service, scope),
        .. Reach(service),
        .. Mounts(service, scope),
        .. Life(service, scope),
        .. Limits(service),
        .. Security(service),
        .. Operation(service, scope),
    ]);

    private static Entries Start(ServiceSpec service, ComposeScope scope)
    {
        var isBuilder = ComposeScope.Builds(scope.Topology, service);
        yield return ("image", Yaml.Text(scope.Reference(service.Image)));
        yield return (
            "build",
            service.Image is BuiltImage image && (isBuilder || (scope.Options.BuildsWhereSynced && IsSynced(service)))
                ? BuildWriter.Write(image, scope)
                : null
        );
        // Another service builds it, under the same name: there is nothing to pull.
        yield return ("pull_policy", service.Image is BuiltImage && !isBuilder ? Yaml.Word("never") : null);
        yield return ("profiles", scope.IsApart(service) ? Yaml.Flow([ComposeOptions.StepsProfile]) : null);
        // Where there are several, or may be, Compose numbers them; a name that came and went with their number would recreate the first.
        yield return ("container_name", IsNumbered(service) ? null : Yaml.Text(scope.Naming.Container(service)));
        yield return ("platform", Text(service.Platform));
        yield return ("hostname", Text(service.Hostname));
        yield return ("entrypoint", Yaml.Flow(service.Entrypoint));
        yield return ("command", Yaml.Flow(service.Command));
        yield return ("working_dir", Text(service.WorkingDirectory));
        yield return ("environment", Yaml.Map(service.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => (variable.Key, (YamlNode?)Value(service, variable.Key, variable.Value)))).OrNothing());
    }

    private static bool IsNumbered(ServiceSpec service) => service.Replacement == Replacement.StartFirst || service.IsScalable();

    private static bool IsSynced(ServiceSpec service) => service.Watch.Any(rule => rule.Action == WatchAction.Sync);

    // What is written here is readable in the file and in `docker inspect`.
    private static YamlScalarNode Value(ServiceSpec service, string name, Template value) =>
        value.HasSecrets
            ? throw new InvalidOperationException(
                $"{service.Name}: the variable {name} holds the secret '{value.Secrets[0]}', which a Compose file cannot keep. "
                    + $"Give it as a file and name the file in {name}_FILE."
            )
            : Yaml.Text(value.ToString());

    private static Entries Files(ServiceSpec service, ComposeScope scope)
    {
        yield return ("secrets", Yaml.List(service.Files.Where(file => file.IsSecret).Select(Reference)));
        yield return ("configs", Yaml.List(service.Files.Where(file => !file.IsSecret).Select(Reference)));

        YamlNode Reference(ServiceFile file) => Yaml.Map(("source", Yaml.Text(scope.Files[service, file].Key)), ("target", Yaml.Text(file.Path)));
    }

    private static Entries Reach(ServiceSpec service)
    {
        yield return ("ports", Yaml.List(service.Ports.Select(PartWriter.Port)));
        yield return ("networks", PartWriter.Networks(service));
        yield return ("extra_hosts", PartWriter.Texts(service.ExtraHosts));
        yield return ("dns", Yaml.List(service.Dns.Select(Yaml.Text)));
    }

    private static Entries Mounts(ServiceSpec service, ComposeScope scope)
    {
        yield return ("volumes", Yaml.List(service.Mounts.Where(mount => mount is not TmpfsMount).Select(mount => PartWriter.Mount(mount, scope))));
        yield return ("tmpfs", Yaml.List(service.Mounts.OfType<TmpfsMount>().Select(PartWriter.Tmpfs)));
    }

    private static Entries Life(ServiceSpec service, ComposeScope scope)
    {
        yield return ("healthcheck", service.Health is null ? null : PartWriter.Health(service.Health));
        yield return ("depends_on", PartWriter.Waits(service, scope));
        yield return ("restart", PartWriter.Restart(service.Restart));
        yield return ("stop_signal", Text(service.StopSignal));
        yield return ("stop_grace_period", Yaml.Word(GoDuration.Brief(service.StopGrace)));
        yield return ("init", service.Init ? Yaml.Yes : null);
    }

    private static Entries Limits(ServiceSpec service)
    {
        yield return ("deploy", PartWriter.Deploy(service));
        // As much as the memory itself: no swap.
        yield return ("memswap_limit", service.Memory is { } memory ? Yaml.Word(memory.ToString()) : null);
        yield return ("shm_size", service.SharedMemory is { } shared ? Yaml.Word(shared.ToString()) : null);
        yield return ("ulimits", PartWriter.Ulimits(service));
        yield return ("sysctls", PartWriter.Texts(service.Sysctls));
        yield return ("devices", Yaml.List(service.Devices.Select(PartWriter.Device)));
    }

    private static Entries Security(ServiceSpec service)
    {
        yield return ("user", Text(service.User));
        yield return ("read_only", service.ReadOnly ? Yaml.Yes : null);
        yield return ("cap_drop", Yaml.List((service.Capabilities?.Drop ?? []).Select(Yaml.Text)));
        yield return ("cap_add", Yaml.List((service.Capabilities?.Add ?? []).Select(Yaml.Text)));
        yield return ("security_opt", service.NoNewPrivileges ? Yaml.List([Yaml.Text("no-new-privileges=true")]) : null);
    }

    private static Entries Operation(ServiceSpec service, ComposeScope scope)
    {
        yield return ("logging", PartWriter.Logging(service.Logging));
        yield return ("develop", PartWriter.Watch(service, scope));
        yield return ("labels", Yaml.Map([
            (Yaml.Merge, scope.Labels),
            (Labels.Service, Yaml.Text(service.Name)),
            (Labels.Fingerprint, Fingerprint.Hash(service) is { } fingerprint ? Yaml.Quoted(fingerprint) : null),
            .. service.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (label.Key, (YamlNode?)Yaml.Text(label.Value))),
        ]));
    }

    private static YamlScalarNode? Text(string? text) => text is null ? null : Yaml.Text(text);
}
