using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Infra.Components.Dockerfiles;

/// <summary>
/// Writes the Dockerfile of an application that has none: packages before code, installers that keep their downloads, compilers
/// in a stage of their own, a user of its own, no HEALTHCHECK, since web, worker and beat share the image.
/// </summary>
public static class DockerfileWriter
{
    private const string Environment = "/opt/venv";
    private const string UvImage = "ghcr.io/astral-sh/uv:0.12.18";

    // Its user nobody, by number: it has no program that could create a user.
    private const string DistrolessImage = "gcr.io/distroless/cc-debian13:nonroot";

    // Where the folders that it must be able to write are made, for the same reason.
    private const string Writable = "/writable";
    private const string PinIt = "# It has no version to name: add the digest that 'docker buildx imagetools inspect' shows.";
    private const string NonRoot = "65532:65532";

    /// <summary>The Dockerfile.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static string Write(DockerfileOptions options)
    {
        Require(options);
        return string.Join("\n\n", [Head(options), .. Uv(options), Builder(options), Runtime(options)]) + "\n";
    }

    private static void Require(DockerfileOptions options)
    {
        if (options.Runtime != ImageRuntime.Distroless) return;
        if (!options.RunPackages.IsEmpty)
            throw new ArgumentException(
                $"A distroless image takes no packages of Debian's ({string.Join(", ", options.RunPackages)}). "
                    + "Use wheels that bring their libraries, such as psycopg[binary], or the slim runtime."
            );
        if (options.Installer == Installer.Pip)
            throw new ArgumentException(
                "A distroless image takes its Python along, and only uv installs one that can be copied. Use the installer uv, or the slim runtime."
            );
    }

    private static string Head(DockerfileOptions options) => $"""
        # One image for every service that runs this code, each with its own command, and so without a HEALTHCHECK of its own.
        ARG PYTHON_IMAGE=python:{options.Python}-slim-trixie
        """ + (options.Installer == Installer.Uv ? $"\nARG UV_IMAGE={UvImage}" : "");

    private static IEnumerable<string> Uv(DockerfileOptions options) => options.Installer == Installer.Uv ? ["FROM ${UV_IMAGE} AS uv"] : [];

    private static string Builder(DockerfileOptions options) => Lines(
        "FROM ${PYTHON_IMAGE} AS builder",
        Packages(options.BuildPackages, []),
        options.Installer == Installer.Uv ? InstallWithUv(options) : InstallWithPip(options));

    private static string InstallWithUv(DockerfileOptions options)
    {
        var isCopied = options.Runtime == ImageRuntime.Distroless;
        return Lines(
            "COPY --from=uv /uv /usr/local/bin/uv",
            Variables(
                ("UV_COMPILE_BYTECODE", "1"),
                ("UV_LINK_MODE", "copy"),
                isCopied ? ("UV_PYTHON_INSTALL_DIR", "/python") : ("UV_PYTHON_DOWNLOADS", "never"),
                isCopied ? ("UV_PYTHON_PREFERENCE", "only-managed") : null,
                ("UV_PROJECT_ENVIRONMENT", Environment)
            ),
            isCopied
                ? $"RUN uv python install {options.Python} \\\n"
                    + $" && install -d {string.Join(' ', options.WritableFolders.Select(folder => Writable + folder))}"
                : null,
            $"WORKDIR {options.Directory}",
            "# Packages alone: a change of the code leaves this layer as it is.",
            $"COPY {From(options, "pyproject.toml")} {From(options, "uv.lock")} ./",
            """
            RUN --mount=type=cache,target=/root/.cache/uv \
                uv sync --frozen --no-dev --no-install-project
            """);
    }

    private static string InstallWithPip(DockerfileOptions options) => Lines(
        $"RUN python -m venv {Environment}",
        $"ENV PATH={Environment}/bin:$PATH",
        $"WORKDIR {options.Directory}",
        "# Packages alone: a change of the code leaves this layer as it is.",
        $"COPY {From(options, "requirements.txt")} ./",
        """
        RUN --mount=type=cache,target=/root/.cache/pip \
            pip install --requirement requirements.txt
        """);

    private static string Runtime(DockerfileOptions options)
    {
        var isDistroless = options.Runtime == ImageRuntime.Distroless;
        var owner = isDistroless ? NonRoot : $"{options.User}:{options.User}";
        return Lines(
            isDistroless ? $"{PinIt}\nFROM {DistrolessImage} AS runtime" : "FROM ${PYTHON_IMAGE} AS runtime",
            isDistroless
                ? $"COPY --from=builder /python /python\nCOPY --from=builder --chown={NonRoot} {Writable} /"
                : Packages(options.RunPackages, MakeUser(options)),
            $"COPY --from=builder {Environment} {Environment}",
            Variables(
                ("PATH", $"{Environment}/bin:$PATH"),
                options.ModuleFolders.IsEmpty
                    ? null
                    : ("PYTHONPATH", string.Join(':', options.ModuleFolders.Select(folder => $"{options.Directory}/{folder}"))),
                ("PYTHONUNBUFFERED", "1"),
                ("PYTHONDONTWRITEBYTECODE", "1")),
            $"WORKDIR {options.Directory}",
            $"COPY --chown={owner} {(options.Service is { } service ? service.TrimEnd('/') + "/" : ".")} .",
            $"USER {(isDistroless ? NonRoot : options.User)}",
            string.Create(CultureInfo.InvariantCulture, $"EXPOSE {options.Port}"),
            $"CMD [{string.Join(", ", options.Command.Select(word => $"\"{JsonEncodedText.Encode(word)}\""))}]");
    }

    private static ImmutableArray<string> MakeUser(DockerfileOptions options) =>
    [
        $"groupadd --gid 10001 {options.User}",
        $"useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin {options.User}",
        $"install -d -o {options.User} -g {options.User} {string.Join(' ', options.WritableFolders.Prepend(options.Directory))}",
    ];

    // The lists are kept outside the image, so nothing is left to remove.
    private static string? Packages(ImmutableArray<string> packages, ImmutableArray<string> then)
    {
        if (packages.IsEmpty) return then.IsEmpty ? null : "RUN " + string.Join(" \\\n && ", then);
        ImmutableArray<string> commands =
        [
            "rm -f /etc/apt/apt.conf.d/docker-clean", "apt-get update",
            $"apt-get install --yes --no-install-recommends {string.Join(' ', packages)}", .. then,
        ];
        return Lines(
            @"RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \",
            @"    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \",
            "    " + string.Join(" \\\n && ", commands));
    }

    private static string Variables(params (string Name, string Value)?[] variables)
        => "ENV " + string.Join(" \\\n    ", variables.OfType<(string Name, string Value)>().Select(variable => $"{variable.Name}={variable.Value}"));

    private static string From(DockerfileOptions options, string file) => options.Service is { } service ? $"{service.TrimEnd('/')}/{file}" : file;

    private static string Lines(params string?[] lines) => string.Join('\n', lines.OfType<string>());
}
