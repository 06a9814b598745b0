using Infra.Model;

namespace Infra.Targets;

/// <summary>Names what first writes a volume, so that another image family or major version is noticed before it is started on it.</summary>
public static class WrittenBy
{
    private const string DebianPrefix = "infra-debian/";

    /// <summary><c>family/name:major</c>: <c>registry/postgres:17</c>, <c>debian/postgres:17</c>, <c>build/app:latest</c>.</summary>
    public static string Of(Image image) => image switch
    {
        PinnedImage pinned => $"registry/{pinned.Repository}:{Major(pinned.Tag)}",
        BuiltImage { Tag: { } tag } when tag.StartsWith(DebianPrefix, StringComparison.Ordinal) => $"debian/{tag[DebianPrefix.Length..]}",
        BuiltImage built => $"build/{built.Name}:latest",
        _ => throw new ArgumentException($"There is no telling what {image} writes."),
    };

    // 17.6-alpine → 17, v2.1 → v2
    private static string Major(string tag) => tag.Split('.', '-')[0];
}
