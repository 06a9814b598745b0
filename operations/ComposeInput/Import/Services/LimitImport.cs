using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>How much a service may use: what was written, else what its kind has.</summary>
internal static class LimitImport
{
    // What such images need to run at all; others have their kind's own.
    private static readonly (string Image, string Memory)[] Hungry =
    [
        ("elasticsearch", "2GiB"), ("opensearch", "2GiB"), ("clickhouse", "2GiB"), ("neo4j", "2GiB"), ("kafka", "1536MiB"), ("mysql", "1GiB"),
        ("mariadb", "1GiB"), ("percona", "1GiB"), ("mongo", "1GiB"), ("keycloak", "1GiB"), ("sonarqube", "4GiB"), ("gitlab", "6GiB"),
        ("minio", "1GiB"),
        ("ollama", "8GiB"), ("mlflow", "1GiB"), ("node", "1GiB"), ("localstack", "1GiB"), ("jupyter", "2GiB"), ("airflow", "2GiB"),
        ("metabase", "2GiB"),
    ];

    public static void Write(ServicePlan plan)
    {
        var (service, ledger, settings) = (plan.Service, plan.Ledger, plan.Settings);
        Memory(plan);
        if (Either("cpus", "deploy.resources.limits.cpus", service.Number) is var (cpuKey, cores))
        {
            settings.Set("cpus", SettingsNode.Word(Spelling.Cores(Math.Max(cores, 0.01m))));
            ledger.Carried(cpuKey, $"cpus: {Spelling.Cores(cores)}");
        }
        else if (service.At("cpu_quota") is null)
        {
            ledger.Improved("cpus", "none", $"{UsualCores(plan.Kind)}");
        }

        if (Either("pids_limit", "deploy.resources.limits.pids", service.Number) is var (pidsKey, pids))
        {
            settings.Set("pids", SettingsNode.Number((long)pids));
            ledger.Carried(pidsKey, $"pids: {(long)pids}");
        }
        else
        {
            ledger.Improved("pids_limit", "none", plan.Kind is "container" ? "512" : "256 or more");
        }

        if (Either("mem_reservation", "deploy.resources.reservations.memory", Bytes) is var (reservedKey, reserved))
        {
            settings.Set("reservedMemory", SettingsNode.Word(Spelling.Size((long)reserved)));
            ledger.Carried(reservedKey, $"reservedMemory: {Spelling.Size((long)reserved)}");
        }

        if (service.Number("deploy.resources.reservations.cpus") is { } reservedCores)
        {
            settings.Set("reservedCpus", SettingsNode.Word(Spelling.Cores(reservedCores)));
            ledger.Carried("deploy.resources.reservations.cpus", $"reservedCpus: {Spelling.Cores(reservedCores)}");
        }

        if (service.Bytes("shm_size") is { } shared)
        {
            settings.Set("sharedMemory", SettingsNode.Word(Spelling.Size(shared)));
            ledger.Carried("shm_size", $"sharedMemory: {Spelling.Size(shared)}");
        }

        Replicas(plan);

        (string, decimal)? Either(string key, string other, Func<string, decimal?> read) =>
            read(key) is { } first ? (key, first) : read(other) is { } second ? (other, second) : null;

        decimal? Bytes(string key) => service.Bytes(key);
    }

    private static void Memory(ServicePlan plan)
    {
        var (service, ledger, settings) = (plan.Service, plan.Ledger, plan.Settings);
        var key = service.Bytes("mem_limit") is not null ? "mem_limit" : "deploy.resources.limits.memory";
        if (service.Bytes(key) is { } bytes)
        {
            if (plan.Kind is "redis" or "valkey")
            {
                if (settings["maxMemory"] is null) settings.Set("maxMemory", SettingsNode.Word(Spelling.Size(bytes / 2)));
                ledger.Carried(key, "maxMemory, of which it may use twice as much, since saving forks");
                return;
            }

            settings.Set("memory", SettingsNode.Word(Spelling.Size(Math.Max(bytes, 6L << 20))));
            ledger.Carried(key, $"memory: {Spelling.Size(bytes)}");
            return;
        }

        var image = service.Text("image") ?? "";
        if (plan.Kind == "container" && Hungry.FirstOrDefault(each => image.Contains(each.Image, StringComparison.Ordinal)) is { Memory: { } memory })
            settings.Set("memory", SettingsNode.Word(memory));
        ledger.Improved("mem_limit", "none", settings["memory"] is SettingsWord word ? word.Value : UsualMemory(plan.Kind));
    }

    private static void Replicas(ServicePlan plan)
    {
        var key = plan.Service.At("deploy.replicas") is not null ? "deploy.replicas" : "scale";
        if (plan.Service.Text(key) is not { } text || !int.TryParse(text, out var number)) return;
        if (number == 0)
        {
            plan.Ledger.Decide(key, "None of it ran, and one does.", "Write enabled: false, to leave it out.");
        }
        else if (number == 1)
        {
            plan.Ledger.Carried(key, "one of it");
        }
        else if (plan.Service.At("ports") is not null || (plan.Kind == "container" && plan.Settings["volumes"] is not null))
        {
            plan.Ledger.Decide(
                key,
                $"{number} of it cannot have one port of this machine, or one volume: one runs.",
                $"Publish no port, let infra:proxy lead to it, and write replicas: {number}."
            );
        }
        else if (plan.Kind is "web" or "worker" or "process" or "container")
        {
            plan.Settings.Set("replicas", SettingsNode.Number(Math.Min(number, 12)));
            plan.Ledger.Carried(key, $"replicas: {Math.Min(number, 12)}");
        }
        else
        {
            plan.Ledger.NotCarried(key, $"A {plan.Kind} runs once.", "Nothing is to do.");
        }
    }

    private static string UsualMemory(string kind) => kind is "redis" or "valkey" ? "512 MiB, half of it for data"
        : kind is "beat" or "flower" ? "256 MiB" : kind is "pgbouncer" ? "128 MiB" : "512 MiB";

    private static string UsualCores(string kind) => kind is "redis" or "valkey" or "beat" or "flower" ? "half a core" : "1 core";
}
