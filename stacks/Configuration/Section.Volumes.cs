using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <content>Names of volumes, and where each is mounted.</content>
internal sealed partial class Section
{
    /// <summary>A volume's name, without the stack's before it.</summary>
    public string? VolumeName(string key, string sentence, string usually)
    {
        if (Text(key, sentence, usually) is not { } text) return null;
        if (Volume().IsMatch(text)) return text;
        Report(key, $"'{text}' is not a volume's name.", "Write lower-case letters, digits, '_' and '-', with a letter or digit first.");
        return null;
    }

    /// <summary>Volumes and where each is mounted, <c>/app/media</c> or <c>/app/media:ro</c>.</summary>
    public ImmutableArray<VolumeMount> Volumes(string key, string sentence, StackKinds only)
    {
        var mounts = ImmutableArray.CreateBuilder<VolumeMount>();
        foreach (var (name, text) in Map(key, sentence, only))
        {
            var isReadOnly = text.EndsWith(":ro", StringComparison.Ordinal);
            var target = ContainerPaths.WithoutEnd(isReadOnly ? text[..^3] : text);
            if (!Volume().IsMatch(name))
                Report(
                    $"{key}.{name}",
                    $"'{name}' is not a volume's name.",
                    "Write lower-case letters, digits, '_' and '-', with a letter or digit first. A folder of the project cannot be mounted."
                );
            else if (ContainerPaths.Fault(target) is { } fault)
                Report(
                    $"{key}.{name}",
                    $"'{text}' {fault}.",
                    $"Write an absolute path in the container, {PathWords}, and ':ro' behind it where it is only read: /app/media."
                );
            else
                mounts.Add(new VolumeMount(new Volume(name), target, isReadOnly));
        }

        return mounts.ToImmutable();
    }

    /// <summary>Volumes of the engine, by the names of those of the stack whose place they take.</summary>
    public ImmutableSortedDictionary<string, string> ExistingVolumes(string key, string sentence)
    {
        var map = Map(key, sentence);
        var wrong = map.Where(pair => !EngineVolume().IsMatch(pair.Value)).ToArray();
        foreach (var (name, existing) in wrong)
            Report(
                $"{key}.{name}",
                $"'{existing}' is not a name that a volume can have on an engine.",
                "Write it as 'docker volume ls' shows it: letters, digits, '_', '.' and '-', with a letter or digit first."
            );
        foreach (var same in map.GroupBy(pair => pair.Value).Where(same => same.Count() > 1))
            Report(
                $"{key}.{same.Last().Key}",
                $"The volume '{same.Key}' takes the place of several: {string.Join(", ", same.Select(pair => $"'{pair.Key}'"))}.",
                "Name one for each."
            );
        return map.RemoveRange(wrong.Select(pair => pair.Key));
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,99}\z")]
    private static partial Regex Volume();

    // What the engine itself asks for, and the longest name of a folder.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{1,254}\z")]
    private static partial Regex EngineVolume();
}
