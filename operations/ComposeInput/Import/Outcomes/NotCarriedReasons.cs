namespace Infra.Operations.ComposeInput.Import.Outcomes;

/// <summary>Why keys of the Compose Specification that no setting stands for are not carried, and what to do instead.</summary>
internal static class NotCarriedReasons
{
    private const string Swarm = "Only a swarm reads it, and the stack runs on one machine.";
    private const string Nothing = "Nothing is to do.";
    private const string AskFirst = "Leave it out; if the service needs it, keep it in a Compose file of its own beside the stack.";
    private const string Cpu = "The share of the processor is said in cores.";

    private static readonly Dictionary<string, (string Why, string Then)> Services = new(StringComparer.Ordinal)
    {
        ["annotations"] = ("No setting stands for annotations.", "Use labels, if what reads them can."),
        ["attach"] = ("It is about the terminal of 'docker compose up'.", "Read one log with './infra.sh logs STACK SERVICE'."),
        ["blkio_config"] = ("No setting bounds the disk's speed.", AskFirst),
        ["build.additional_contexts"] = (
            "A build of the stack has one context.",
            "Copy what it needs into the context, or build the image elsewhere."
        ),
        ["build.entitlements"] = ("A build of the stack has no privileges.", "Build the image elsewhere, and name it in image."),
        ["build.extra_hosts"] = (
            "A build of the stack has no names of its own.",
            "Build the image elsewhere, or use the names that the network knows."
        ),
        ["build.isolation"] = ("It is for Windows.", Nothing),
        ["build.labels"] = ("No setting writes labels of an image.", "Write LABEL in the Dockerfile."),
        ["build.network"] = ("A build of the stack uses the builder's own network.", "Build the image elsewhere, if it needs another."),
        ["build.no_cache"] = ("Layers are reused.", "Run 'docker builder prune' where they must not be."),
        ["build.privileged"] = ("A build of the stack has no privileges.", "Build the image elsewhere, and name it in image."),
        ["build.pull"] = ("The base image is pulled by its tag.", "Pin the base image in the Dockerfile."),
        ["build.secrets"] = (
            "There is no setting for secrets of a build.",
            "Build and push with 'docker buildx build --secret', and name the result in image (docs/applications.md#a-secret-for-the-build)."
        ),
        ["build.shm_size"] = ("No setting sizes the builder's shared memory.", "Build the image elsewhere, if it needs more than 64 MiB."),
        ["build.ssh"] = (
            "There is no setting for keys of a build.",
            "Build and push with 'docker buildx build --ssh', and name the result in image."
        ),
        ["build.tags"] = ("An image of the stack has one name.", "Tag it by the pipeline that pushes it."),
        ["build.ulimits"] = ("No setting bounds a build.", Nothing),
        ["build.dockerfile_inline"] = (
            "The settings name a Dockerfile, and have none inside.", "Write the text into a Dockerfile in the build's context."
        ),
        ["cgroup"] = ("Each service has a control group of its own.", Nothing),
        ["cgroup_parent"] = ("Each service has a control group of its own.", Nothing),
        ["credential_spec"] = ("It is for Windows.", Nothing),
        ["cpu_count"] = ("It is for Windows.", "Write cpus."),
        ["cpu_percent"] = ("It is for Windows.", "Write cpus."),
        ["cpu_period"] = (Cpu, "Write cpus: the quota divided by the period."),
        ["cpu_quota"] = (Cpu, "Write cpus: the quota divided by the period."),
        ["cpu_rt_period"] = (Cpu, AskFirst),
        ["cpu_rt_runtime"] = (Cpu, AskFirst),
        ["cpu_shares"] = (Cpu, "Write cpus, or reservedCpus."),
        ["cpuset"] = (Cpu, "Write cpus, and let the kernel choose which."),
        ["depends_on.*.restart"] = (
            "What uses a service is not restarted with it.",
            "Let the application connect again: './infra.sh restart' does it by hand."
        ),
        ["depends_on.*.required"] = ("Every service is there.", Nothing),
        ["deploy.endpoint_mode"] = (Swarm, Nothing),
        ["deploy.labels"] = (Swarm, "Write labels, which are the container's."),
        ["deploy.mode"] = (Swarm, "Write replicas where several are to run."),
        ["deploy.placement"] = (Swarm, Nothing),
        ["deploy.update_config"] = (Swarm, "A web server behind infra:proxy is replaced without a gap of its own accord."),
        ["deploy.rollback_config"] = (Swarm, "Go back by './infra.sh rollback'."),
        ["deploy.restart_policy.delay"] = (Swarm, "The engine waits longer each time."),
        ["deploy.restart_policy.window"] = (Swarm, Nothing),
        ["deploy.resources.reservations.generic_resources"] = (Swarm, Nothing),
        ["deploy.resources.reservations.devices"] = ("Of reserved devices, graphics processors alone have a setting.", "Write devices, or gpus."),
        ["develop"] = (
            "Development reloads code in its own way.",
            "Set infra:app.source to the folders of the code (docs/settings.md#infraapp-the-application)."
        ),
        ["device_cgroup_rules"] = ("No setting opens whole classes of devices.", "Write the devices that it uses in devices."),
        ["dns_opt"] = ("No setting stands for the resolver's options.", Nothing),
        ["dns_search"] = ("No setting stands for search domains.", "Write whole names in the variables."),
        ["domainname"] = ("No setting stands for a domain.", "Others reach it by the service's name."),
        ["external_links"] = ("A link to a container of another project.", "Name it as 'kind: external', with the address at which it is reached."),
        ["group_add"] = ("No setting adds further groups.", "Write the group behind the user: '1000:GROUP'."),
        ["healthcheck.start_interval"] = ("The pause between probes while it starts is the kind's own, 1 s or less.", Nothing),
        ["hostname"] = ("A container's host name is not set.", "Others reach it by the service's name."),
        ["ipc"] = ("Each service has shared memory of its own.", "Write sharedMemory for its size."),
        ["isolation"] = ("It is for Windows.", Nothing),
        ["label_file"] = ("Labels stand in the settings.", "Copy them into labels."),
        ["links"] = ("A link is a second name for a service.", "Use the service's own name."),
        ["mac_address"] = ("The engine gives addresses out.", AskFirst),
        ["mem_swappiness"] = ("A service has no swap: memory is the most of both.", Nothing),
        ["memswap_limit"] = ("A service has no swap: memory is the most of both.", Nothing),
        ["network_mode"] = ("Each service is on the stack's own network.", "Publish its ports, and reach others by their names."),
        ["networks.*.aliases"] = ("A service has one name on the network.", "Use the service's own name where the alias stands."),
        ["networks.*"] = ("The engine gives addresses out on the stack's network.", "Use the service's name in place of an address."),
        ["oom_kill_disable"] = ("What uses more memory than its limit is ended, and started again.", "Raise memory."),
        ["oom_score_adj"] = ("No setting says whom the kernel ends first.", "Write reservedMemory for what must stay."),
        ["pid"] = ("Each service sees its own processes alone.", AskFirst),
        ["ports[].app_protocol"] = ("It is a note for other programs.", Nothing),
        ["ports[].mode"] = (Swarm, Nothing),
        ["ports[].name"] = ("It is a note for readers.", "Write a comment."),
        ["post_start"] = ("No setting runs a command after a start.", "Write a 'kind: step' for what must run before, or let the entrypoint do it."),
        ["pre_stop"] = ("No setting runs a command before a stop.", "Let the program do it on its stop signal, within graceSeconds."),
        ["privileged"] = (
            "A privileged container has the whole machine, and no setting allows that.", "Write the capabilities and devices that it needs."
        ),
        ["provider"] = ("What a plugin of Compose's makes is no container.", "Name it as 'kind: external', with its address."),
        ["models"] = ("What a plugin of Compose's makes is no container.", "Run the model as a service, or name it as 'kind: external'."),
        ["use_api_socket"] = ("It hands over the engine, and with it the whole machine.", "Leave it out."),
        ["pull_policy"] = ("Images are pulled when they are not there.", "Run './infra.sh pin STACK' for images that stay the same."),
        ["runtime"] = ("Containers run by the engine's own runtime.", "For graphics processors write gpus."),
        ["security_opt"] = ("The engine's own profiles hold.", AskFirst),
        ["stdin_open"] = ("A service has no terminal.", "Open a shell beside it: './infra.sh exec STACK SERVICE -- bash'."),
        ["storage_opt"] = ("No setting bounds a container's layer.", "Write readOnly: true, and volumes for what it writes."),
        ["tty"] = ("A service has no terminal.", "Open a shell beside it: './infra.sh exec STACK SERVICE -- bash'."),
        ["userns_mode"] = ("The engine's own user namespaces hold.", AskFirst),
        ["uts"] = ("Each service has a host name of its own.", Nothing),
        ["volumes[].bind.propagation"] = ("A folder is mounted as the engine does usually (rprivate).", AskFirst),
        ["volumes[].bind.recursive"] = ("A folder is mounted with what is mounted below it.", Nothing),
        ["volumes[].bind.create_host_path"] = ("A folder that is not there is reported by check.", Nothing),
        ["volumes[].consistency"] = ("Engines no longer read it.", Nothing),
        ["volumes[].volume.nocopy"] = ("A new volume gets what the image has at its path.", "Mount it at a path that is empty in the image."),
        ["volumes[].volume.subpath"] = ("A volume is mounted whole.", "Give the folder a volume of its own."),
        ["volumes[].volume"] = ("A volume has a name and a path, and no more.", Nothing),
        ["volumes[].tmpfs.mode"] = ("A folder in memory is open to all (1777).", Nothing),
        ["volumes_from"] = ("Another container's volumes are not taken over.", "Name the volumes under volumes of both."),
    };

    private static readonly Dictionary<string, (string Why, string Then)> Tops = new(StringComparer.Ordinal)
    {
        ["networks"] = ("The stack's own network has the engine's usual settings.", "infra:network says what can be set: mtu, ipv6."),
        ["volumes"] = ("A volume of the stack is a plain one of the engine's.", "Make the volume yourself, and name it in infra:volumes."),
        ["secrets"] = ("A secret of the stack is its value.", Nothing),
        ["configs"] = ("A file of the stack is its content.", Nothing),
        ["models"] = ("What a plugin of Compose's makes is no container.", "Run the model as a service, or name it as 'kind: external'."),
    };

    /// <summary>Why, and what to do.</summary>
    /// <param name="section">The section of the file: <c>services</c>, <c>volumes</c>.</param>
    /// <param name="pattern">The key, without numbers.</param>
    public static (string Why, string Then) Of(string section, string pattern)
    {
        if (pattern.StartsWith("x-", StringComparison.Ordinal) || pattern.Contains(".x-", StringComparison.Ordinal))
            return ("An extension: Compose itself does not read it.", Nothing);
        if (section != "services" && Tops.TryGetValue(section, out var top)) return top;
        for (var key = pattern; key.Length > 0; key = key[..Math.Max(key.LastIndexOfAny(['.', '[']), 0)])
        {
            if (Services.TryGetValue(key, out var known)) return known;
            var parts = key.Split('.');
            if (parts is [("depends_on" or "networks") and var map, _, .. var rest]
                && Services.TryGetValue(string.Join('.', [map, "*", .. rest]), out known)) return known;
        }

        return ("This version does not know the key.", "Look it up in the Compose Specification, and say it by hand if the service needs it.");
    }
}
