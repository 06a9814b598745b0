namespace Infra.Components.Dockerfiles;

/// <summary>Writes the <c>.dockerignore</c> beside a Dockerfile: what is generated, what is secret, and the other services.</summary>
public static class DockerignoreWriter
{
    private static readonly string[] Regenerated =
    [
        ".venv/", "**/__pycache__/", "**/*.pyc", ".pytest_cache/", "**/.mypy_cache/", ".ruff_cache/", "htmlcov/", ".coverage", "node_modules/",
    ];

    private static readonly string[] NeverInAnImage =
    [
        ".git/",
        ".gitignore",
        ".secrets/",
        ".env*",
        "**/*.pem",
        "**/*.key",
        "**/*.dockerignore",
        ".dockerignore",
        "compose*.yaml",
        "*.md",
        ".idea/",
        ".vscode/",
    ];

    /// <summary>The file.</summary>
    public static string Write(DockerfileOptions options) =>
        string.Join(
            '\n',
            [
                "# Generated again when needed",
                .. Regenerated,
                "",
                "# Never in an image",
                .. NeverInAnImage,
                .. options.OtherServices.IsEmpty
                    ? []
                    : new[] { "", "# Other services" }.Concat(options.OtherServices.Select(folder => folder.TrimEnd('/') + "/")),
            ]
        ) + "\n";
}
