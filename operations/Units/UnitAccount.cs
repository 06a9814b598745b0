using System.Collections.Immutable;

namespace Infra.Operations.Units;

/// <summary>The user who prints a unit is the one it runs as, with the environment of a login.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Environment">The variables that systemd does not set by itself.</param>
public sealed record UnitAccount(string Name, ImmutableSortedDictionary<string, string> Environment)
{
    // What systemd gives a service as PATH (systemd.exec(5)).
    private static readonly string[] UsualPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The account of this process.</summary>
    public static UnitAccount Current()
    {
        var path = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        return For(System.Environment.UserName, System.Environment.GetEnvironmentVariable("HOME"), path, File.Exists);
    }

    /// <summary>An account by what it sees.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="home">Its home, where Docker's login and .NET's own files are.</param>
    /// <param name="path">The folders in which it finds programs.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public static UnitAccount For(string name, string? home, string path, Func<string, bool> exists)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (home is not null) variables["HOME"] = home;
        var needed = new[] { "dotnet", "docker" }.Select(program => path.Split(':').FirstOrDefault(folder => exists($"{folder}/{program}")))
            .OfType<string>().Except(UsualPath).ToArray();
        if (needed.Length > 0) variables["PATH"] = string.Join(':', [.. needed, .. UsualPath]);
        return new UnitAccount(name, variables.ToImmutable());
    }
}
