using System.Text.Json.Nodes;

namespace Infra.Tests.Support;

/// <summary>Containers as <c>docker inspect</c> shows them.</summary>
internal static class FakeContainers
{
    public static JsonObject Container(
        string service,
        string health = "healthy",
        string status = "running",
        string engine = "compose",
        string stack = "shop-dev"
    ) =>
        new()
        {
            ["Id"] = $"id-{service}",
            ["Name"] = $"/{stack}-{service}",
            ["Image"] = $"sha256:{service}",
            // Later than any file of a test.
            ["Created"] = "2100-01-02T03:04:05.678901234Z",
            ["RestartCount"] = 2,
            ["State"] = new JsonObject
            {
                ["Status"] = status,
                ["ExitCode"] = status == "running" ? 0 : 3,
                ["Health"] = new JsonObject
                {
                    ["Status"] = health,
                    ["Log"] = new JsonArray(
                        new JsonObject { ["ExitCode"] = 1, ["Output"] = "connection refused\n" },
                        new JsonObject { ["ExitCode"] = 0, ["Output"] = "fine\n" }
                    ),
                },
            },
            ["Config"] = new JsonObject
            {
                ["Labels"] = new JsonObject
                {
                    ["infra.stack"] = stack,
                    ["infra.engine"] = engine,
                    ["infra.service"] = service,
                    ["com.docker.compose.config-hash"] = $"hash-{service}",
                },
            },
            ["NetworkSettings"] = new JsonObject
            {
                ["Networks"] = new JsonObject { [$"{stack}-default"] = new JsonObject { ["NetworkID"] = "id-default" } },
            },
            ["HostConfig"] = new JsonObject
            {
                ["PortBindings"] =
                    service == "web"
                        ? new JsonObject { ["8000/tcp"] = new JsonArray(new JsonObject { ["HostIp"] = "127.0.0.1", ["HostPort"] = "8000" }) }
                        : null,
            },
        };

    /// <summary>One of several containers of a service, as Compose numbers them: <c>id-web-2</c>.</summary>
    public static JsonObject Replica(string service, int number, string health = "healthy", string status = "running", string stack = "shop-dev")
    {
        var container = Container(service, health, status, stack: stack);
        container["Id"] = FormattableString.Invariant($"id-{service}-{number}");
        container["Name"] = FormattableString.Invariant($"/{stack}-{service}-{number}");
        container["Config"]!["Labels"]!["com.docker.compose.container-number"] = FormattableString.Invariant($"{number}");
        return container;
    }

    /// <summary>A step, as it is while it runs or afterwards.</summary>
    public static JsonObject Step(string service, string status = "exited", int exitCode = 0)
    {
        var container = Container(service, status: status);
        container["State"] = new JsonObject { ["Status"] = status, ["ExitCode"] = exitCode };
        container["HostConfig"]!["RestartPolicy"] = new JsonObject { ["Name"] = "no" };
        return container;
    }

    /// <summary>A container of a one-off command (<c>run</c>), beside the service.</summary>
    public static JsonObject OneOff(string service, string health = "healthy", string status = "running")
    {
        var container = Container(service, health, status);
        container["Id"] = $"id-{service}-run";
        container["Name"] = $"/shop-dev-run-1";
        container["Config"]!["Labels"]!["com.docker.compose.oneoff"] = "True";
        return container;
    }

    /// <summary>The engine runs these.</summary>
    public static FakeShell Running(this FakeShell shell, params JsonObject[] containers) =>
        shell
            .On("docker ps --all", string.Join('\n', containers.Select(container => container["Id"])))
            .On("docker inspect --type container", new JsonArray([.. containers.Select(container => container.DeepClone())]).ToJsonString());

    /// <summary>The six services of a stack, all healthy.</summary>
    public static JsonObject[] All(string engine = "compose") =>
        [.. new[] { "beat", "postgres", "rabbitmq", "redis", "web", "worker" }.Select(service => Container(service, engine: engine))];

    /// <summary>The stores of <see cref="All"/> dump these, and read what they have dumped.</summary>
    public static FakeShell Dumping(this FakeShell shell, string rows = "rows\t\"public.orders\"\t3\nrows\t\"public.users\"\t4\n") =>
        shell
            .On("docker exec id-postgres", "DUMP", error: "a notice\n" + rows)
            .On("docker exec id-postgres sh -c #!/bin/sh\n# Writes, as SQL", "ROLES")
            .On("docker exec --interactive id-postgres", error: rows)
            .On("docker exec id-redis", "SNAPSHOT")
            .On("docker exec id-rabbitmq", "{}")
            .On("docker exec --interactive id-rabbitmq")
            .On("docker image inspect --format {{.Id}} sha256:", "sha256:x\n")
            .On("docker run --rm")
            .On("docker stop")
            .On("docker start")
            .On("docker rm");
}
