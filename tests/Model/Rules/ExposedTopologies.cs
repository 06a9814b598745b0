using Infra.Model;
using Infra.Tests.Support;
using static Infra.Tests.Model.Rules.BrokenTopologies;

namespace Infra.Tests.Model.Rules;

/// <summary>Topologies that show their secrets, their ports or the host to others, or are not reached at all.</summary>
internal static class ExposedTopologies
{
    private static readonly ServiceSpec Web = Specs.Web();
    private static readonly ServiceSpec Database = Specs.Store("db", ServiceRole.Database);

    public static IReadOnlyList<Broken> All { get; } =
    [
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { Mounts = [new BindMount("/srv/../var/./run/", "/run/host")] }),
            "error UNPRIVILEGED web: it has the host's '/srv/../var/./run/', where the container engine's socket lies. "
                + "Drop the mount, or mount only what it needs."
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            Specs.Topology(Web with { Environment = Variables.From(("DB_URL", Template.From($"postgresql://app:{new Secret("db-password")}@db"))) }),
            "error SECRETS-NOT-IN-ENV web: the variable 'DB_URL' shows 'db-password' to anyone who inspects the container. "
                + "Hand it over as a file, and its path in 'DB_URL_FILE'."
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            Specs.Topology(Web with { Environment = Variables.From(("SECRET_KEY", "hunter2")) }),
            "error SECRETS-NOT-IN-ENV web: the variable 'SECRET_KEY' looks like a credential that is written down. Make it a secret "
                + "(infra:app.secrets, with delivery: export for a program that reads no file), or, if it is none, name it in infra:app.public."
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            Specs.Topology(Web with { Command = ["run", "amqp://app:hunter2@rabbitmq"] }),
            "error SECRETS-NOT-IN-ENV web: its command or probe has a URL with a password that is written down. "
                + "Make the password a secret, and read it from its file."
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            Specs.Topology(Web with { Image = Specs.App with { Args = Specs.App.Args.Add("PIP_TOKEN", "hunter2") } }),
            "error SECRETS-NOT-IN-ENV web: the build argument 'PIP_TOKEN' looks like a credential, and stays in the image's history. "
                + "Leave it out of the build, or, if it is none, name it in infra:app.public."
        ),
        new(
            "LOOPBACK-PORTS",
            Specs.Topology(Database with { Ports = [new Port(5432, 5432) { Address = "0.0.0.0" }] }),
            "error LOOPBACK-PORTS db: port 5432 is published on 0.0.0.0, open to every machine that reaches this one. "
                + "Publish it on 127.0.0.1, or let a proxy pass requests on."
        ),
        new(
            "REACHABLE",
            Specs.Topology(Web with { Command = ["sh", "-c", "python manage.py migrate && exec gunicorn shop.wsgi --bind 127.0.0.1:8000"] }),
            "error REACHABLE web: 'gunicorn' listens on 127.0.0.1:8000, which nothing outside its container reaches. "
                + "Write '--bind 0.0.0.0:8000' in its command (infra:services.web.command)."
        ),
        new(
            "REACHABLE",
            Specs.Topology(Web with { Command = ["python", "manage.py", "runserver", "--noreload", "8000"] }),
            "warning REACHABLE web: 'runserver' is given no address, and then listens on 127.0.0.1, which nothing outside its container reaches. "
                + "Write 'runserver 0.0.0.0:8000' in its command (infra:services.web.command), unless its image or its code says another."
        ),
        new(
            "REACHABLE",
            Specs.Topology(Web with { Command = ["uvicorn", "shop.main:app", "--port", "8000"] }),
            "warning REACHABLE web: 'uvicorn' is given no address, and then listens on 127.0.0.1, which nothing outside its container reaches. "
                + "Write '--host 0.0.0.0' in its command (infra:services.web.command), unless its image or its code says another."
        ),
        new(
            "NO-PORT-CLASH",
            Specs.Topology(
                Web with
                {
                    Ports = [new Port(8000, 80)],
                },
                Specs.Service("proxy", ServiceRole.Proxy) with
                {
                    Ports = [new Port(80, 80) { Address = "0.0.0.0" }],
                }
            ),
            "error NO-PORT-CLASH proxy: it publishes 0.0.0.0:80/tcp, and 'web' publishes 127.0.0.1:80/tcp. Give one of them another port on the host."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { User = "root", Capabilities = null }),
            "error UNPRIVILEGED web: it runs as root with the engine's default capabilities. "
                + "Name a user of its own, or drop all capabilities that it does not need."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { Capabilities = null }),
            "warning UNPRIVILEGED web: it keeps the engine's default capabilities. Drop ALL, and add those that it needs."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { Capabilities = Capabilities.Only("CAP_SYS_ADMIN") }),
            "error UNPRIVILEGED web: its capabilities 'SYS_ADMIN' reach beyond its container. Drop them."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { NoNewPrivileges = false }),
            "error UNPRIVILEGED web: its processes may gain privileges through set-user-id programs. Set no-new-privileges."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { Mounts = [new BindMount("/var/run/docker.sock", "/docker.sock", ReadOnly: true)] }),
            "error UNPRIVILEGED web: it has the host's '/var/run/docker.sock', and with it the container engine and the whole machine. "
                + "Drop the mount, or mount only what it needs."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(Web with { Mounts = [new BindMount("/", "/host", ReadOnly: true)] }),
            "error UNPRIVILEGED web: it has the host's '/', a part of the host's own system. Drop the mount, or mount only what it needs."
        ),
        new(
            "UNPRIVILEGED",
            Specs.Topology(
                Web with
                {
                    Devices = [new Device("/dev/sda1", "/dev/disk"), new Device("/dev/mem", "/dev/mem"), new Device("/dev/dri", "/dev/dri")],
                }
            ),
            "error UNPRIVILEGED web: it has the host's '/dev/sda1', a disk of the host, whatever lies on it. "
                + "Drop the device, or give it only the one it needs.",
            "error UNPRIVILEGED web: it has the host's '/dev/mem', and with it the host's whole memory. "
                + "Drop the device, or give it only the one it needs."
        ),
        new(
            "PROJECT-ROOT",
            Specs.Topology(Web with { Mounts = [new BindMount("app/..", "/all", ReadOnly: true), new BindMount("app/../config", "/config")] }),
            "error PROJECT-ROOT web: it mounts 'app/..', the project's own folder, with the settings and secrets of every stack. "
                + "Mount only the folder or file in it that it needs."
        ),
        new(
            "PROJECT-ROOT",
            Specs.Topology(Web with { Mounts = [new BindMount("../..", "/all"), new BindMount("./.secrets/dev", "/secrets", ReadOnly: true)] }),
            "error PROJECT-ROOT web: it mounts '../..', the project's own folder, with the settings and secrets of every stack. "
                + "Mount only the folder or file in it that it needs.",
            "error PROJECT-ROOT web: it mounts './.secrets/dev', the folder of the stacks' secrets. "
                + "Mount only the folder or file in it that it needs."
        ),
        new(
            "PLATFORM",
            Specs.Topology(Web with { Platform = "linux/arm64" }),
            "error PLATFORM web: it is to run on linux/arm64, and its image is built for the engine's own platform alone. "
                + "Name linux/arm64 in infra:app.platforms, or drop the service's platform."
        ),
    ];
}
