using System.Collections.Immutable;
using Infra.Model.Rules;

namespace Infra.Stacks.Configuration;

/// <content>Files of variables.</content>
internal sealed partial class Section
{
    /// <summary>The variables of files in Compose's syntax; those of a later file win, and a credential in one is a finding.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="sentence">What it is.</param>
    /// <param name="given">The variables that are said elsewhere, which win.</param>
    /// <param name="harmless">Those that look like a credential and are none.</param>
    public ImmutableSortedDictionary<string, string> EnvFiles(
        string key,
        string sentence,
        IReadOnlySet<string> given,
        ImmutableArray<string> harmless
    )
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var files = List(key, sentence);
        for (var number = 0; number < files.Length; number++)
        {
            var (file, at) = (files[number], FormattableString.Invariant($"{key}[{number}]"));
            try
            {
                foreach (var (name, value, line) in EnvFile.Parse(TextFile.Read(System.IO.Path.Combine(source.Root, file)), all))
                    if (given.Contains(name)) all.Remove(name);
                    else if (harmless.Contains(name) || !Credentials.AreIn(name, value)) all[name] = value;
                    else ReportCredential(at, file, line, name);
            }
            catch (EnvFileException error)
            {
                Report(at, FormattableString.Invariant($"'{file}', line {error.Line}: {error.Reason}"), error.Action);
            }
            catch (TextFileException error)
            {
                Report(at, $"'{file}': {error.Reason}", error.Action);
            }
        }

        return all.ToImmutable();
    }

    private void ReportCredential(string at, string file, int line, string name) => Report(
        at,
        FormattableString.Invariant($"'{file}', line {line}: '{name}' looks like a credential, ")
            + "and every variable is shown to all who may use the engine.",
        $"Take it from the file: name {name} in secrets, and set it with 'pulumi config set --secret infra:{Secrets.Named(name).Name}'. "
            + $"A store's password or URL is a mention in environment: {{postgres.url}}. If it is none, name it in public."
    );
}
