using System.Globalization;
using System.Text;
using Infra.Operations.ComposeInput.Import.Outcomes;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput.Import;

/// <summary>Each Compose file of the corpus, which people wrote for other projects, becomes a stack.</summary>
public sealed class CorpusImportTests
{
    [ComposeFact]
    public Task Each_file_becomes_a_dev_stack_that_Compose_accepts() => HoldsAsync(isProd: false, "ImportDev");

    [ComposeFact]
    public Task Each_file_becomes_a_prod_stack_that_Compose_accepts() => HoldsAsync(isProd: true, "ImportProd");

    private static async Task HoldsAsync(bool isProd, string snapshot)
    {
        var table = new StringBuilder("| case | services | carried | improved | not carried | decisions |\n")
            .Append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
        var wrong = new List<string>();
        foreach (var name in ImportedCase.Names)
        {
            using var imported = await ImportedCase.ImportAsync(name, isProd);
            wrong.AddRange(Problems(imported));
            int Count(OutcomeKind kind) => imported.Result.Count(kind);
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {imported.Result.Services.Length} | {Count(OutcomeKind.Carried)} | ")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{Count(OutcomeKind.Improved)} | {Count(OutcomeKind.NotCarried)} | {Count(OutcomeKind.Decision)} |\n"
                );
            if (Environment.GetEnvironmentVariable("IMPORTED") is { } folder) Keep(imported, Path.Combine(folder, isProd ? "prod" : "dev"));
        }

        wrong.Should().BeEmpty();
        Snapshot.Match(table.ToString(), snapshot, "md");
    }

    private static IEnumerable<string> Problems(ImportedCase imported)
    {
        var (name, report) = (imported.Name, imported.Report);
        if (report.Problem.Length > 0) yield return $"{name}: {report.Problem}";
        var services = imported.Application.Services.Select(service => service.Name).ToArray();
        if (!services.SequenceEqual(imported.Result.Services.Select(service => service.Name))) yield return $"{name}: not every service is there.";
        foreach (var secret in imported.Result.Secrets.Values.Where(value => value.Length >= 8 && !IsPlain(imported, value)))
            if (imported.Result.Settings.Contains(secret, StringComparison.Ordinal)) yield return $"{name}: a secret is in the settings.";
        if (report.Problem.Length > 0) yield break;
        var run = DockerCompose.Run("--file", Path.Combine(imported.Workspace.Root, "compose.written.yaml"), "--profile", "*", "config", "--quiet");
        if (run.ExitCode != 0) yield return $"{name}: {run.Error}";
    }

    // A user, a service or an image that is called as the password is.
    private static bool IsPlain(ImportedCase imported, string value) =>
        imported.Application.Services.Any(service => service.Name.StartsWith(value, StringComparison.Ordinal)
            || service.Text("image")?.StartsWith(value + ":", StringComparison.Ordinal) == true)
        || imported.Application.Services.SelectMany(service => service.Map("environment"))
            .Any(variable => variable.Value == value && !Infra.Model.Rules.Credentials.AreIn(variable.Key, value));

    private static void Keep(ImportedCase imported, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, imported.Name + ".yaml"), imported.Result.Settings);
        File.WriteAllText(Path.Combine(folder, imported.Name + ".txt"), Infra.Operations.ComposeInput.Import.Reports.TextReport.Write(imported.Report)
            + string.Concat(imported.Result.Services.Where(service => imported.Kinds.TryGetValue(service.Name, out var kinds)
                && !kinds.Contains(service.Kind))
                .Select(service => $"KIND {service.Name}: {service.Kind}, and not {string.Join(" or ", imported.Kinds[service.Name])}\n")));
    }
}
