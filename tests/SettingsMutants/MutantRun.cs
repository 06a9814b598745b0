using System.Globalization;
using Infra.Operations.Project;

namespace Infra.Tests.SettingsMutants;

/// <summary>The mutants of one run, and what became of each. A seed decides, which every message names.</summary>
public sealed class MutantRun : IAsyncLifetime, IDisposable
{
    /// <summary>The variable that repeats a run, or has another.</summary>
    public const string SeedVariable = "INFRA_MUTANT_SEED";

    /// <summary>The variable that asks for more of them.</summary>
    public const string CountVariable = "INFRA_MUTANTS";

    private readonly MutantProjects projects = new();

    internal static int Seed { get; } = Variable(SeedVariable, 12);

    internal IReadOnlyList<Verdict> Verdicts { get; private set; } = [];

    /// <summary>Those that are accepted.</summary>
    internal IEnumerable<Verdict> Accepted => Verdicts.Where(verdict => verdict.Compose is not null);

    public async Task InitializeAsync()
    {
        var verdicts = new List<Verdict>();
        foreach (var mutant in Mutant.Make(Seed, Variable(CountVariable, 400))) verdicts.Add(await Verdict.OfAsync(mutant, projects.With(mutant)));
        Verdicts = verdicts;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => projects.Dispose();

    /// <summary>The settings of one, read again.</summary>
    internal Workspace Workspace(Verdict verdict) => projects.With(verdict.Mutant);

    private static int Variable(string name, int usual)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : usual;
}
