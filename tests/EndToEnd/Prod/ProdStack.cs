using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>The <c>prod</c> stack, brought up from nothing once for all tests that can share it.</summary>
public sealed partial class ProdStack : IAsyncLifetime
{
    private Project? project;
    private Shop? shop;
    private Watch? watch;

    internal Project Project => project ?? throw new InvalidOperationException(Engine.Problem);

    internal Shop Shop => shop!;

    /// <summary>What watches it.</summary>
    internal Watch Watch => watch!;

    /// <summary>What <c>up</c> said while the secrets were missing.</summary>
    internal CommandResult Refused { get; private set; } = new(-1, "", "");

    /// <summary>What carried the stack's label after that.</summary>
    internal string[] MadeWhileRefused { get; private set; } = [];

    /// <summary>The secrets that it named.</summary>
    internal string[] Secrets { get; private set; } = [];

    /// <summary>What the first <c>up</c> with secrets said.</summary>
    internal CommandResult FirstUp { get; private set; } = new(-1, "", "");

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        if (Engine.Problem is { } problem) throw new InvalidOperationException($"CI is set, so an engine is required. {problem}");
        await Project.SweepAsync();
        project = Project.Make("prod");
        shop = new Shop(project.WebPort, isSecure: true);
        watch = Watch.Prepare(project);
        Refused = await project.InfraAsync("up", "prod");
        MadeWhileRefused = await project.ObjectsAsync();
        Secrets = [.. MissingSecret().Matches(Refused.Error).Select(match => match.Groups[1].Value)];
        Directory.CreateDirectory(project.PathOf(".secrets", "prod"));
        foreach (var name in Secrets) await File.WriteAllTextAsync(project.PathOf(".secrets", "prod", name), HardPassword(name) + "\n");
        FirstUp = await project.InfraAsync("up", "prod");
    }

    public async Task DisposeAsync()
    {
        if (project is not null) await project.DisposeAsync();
    }

    /// <summary>
    /// A password of characters that mean something to URLs, configuration files, shells and SQL.
    /// It has no blank, which the exporter of Postgres does not take.
    /// </summary>
    internal static string HardPassword(string secret)
        => $"""p@ss{(secret == "postgres-password" ? "" : " ")}w/rd#%$"'\x{RandomNumberGenerator.GetHexString(32)}""";

    /// <summary>All services healthy: a test's starting point, whatever the one before has left.</summary>
    internal async Task EnsureWellAsync()
    {
        FirstUp.ExitCode.Should().Be(0, $"'./infra.sh up prod' must bring the stack up once its secrets are there:\n{FirstUp}");
        foreach (var paused in (await Project.ServicesAsync()).Values.Where(service => service.State == "paused"))
            await Engine.AskAsync("unpause", paused.Id);
        await Project.UpAsync();
    }

    [GeneratedRegex(@"^\.secrets/prod/([\w-]+): The secret is missing", RegexOptions.Multiline)]
    private static partial Regex MissingSecret();
}
