using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <content>Texts that become names on an engine, and paths in the project or in a container.</content>
internal sealed partial class Section
{
    private const string PathWords = "letters, digits, '.', '_', '-', '+' and '@' between its slashes";

    /// <summary>The prefix of the names of images, too.</summary>
    public string? Prefix(string key, string sentence, string usually)
    {
        var text = Text(key, sentence, usually);
        if (text is null || (PrefixName().IsMatch(text) && PinnedImage.IsRepository(text + "app")))
            return text;
        Report(
            key,
            $"'{text}' cannot be the prefix of the names of containers, volumes and images.",
            "Write lower-case letters and digits, with single '-', '_' or '.' between them and at the end: shop-dev-."
        );
        return null;
    }

    /// <summary>An image by its name as engines read it; what they would refuse is a finding.</summary>
    public PinnedImage? Image(string key, string sentence, string? usually = null, StackKinds only = StackKinds.All)
    {
        Declare(key, SettingKinds.Image, usually, sentence, only);
        if (Raw(key) is not { } text)
            return null;
        if (PinnedImage.IsReference(text))
            return PinnedImage.Parse(text);
        Report(
            key,
            $"'{text}' is not the name of an image.",
            "Write it in lower case, with its tag or digest and without spaces: postgres:18.6-alpine, ghcr.io/acme/shop:1.4."
        );
        return null;
    }

    /// <summary>The image of a service that comes along, which has a default.</summary>
    public PinnedImage ImageOr(string key, PinnedImage usual, string sentence = "its image") => Image(key, sentence, Code(usual.ToString())) ?? usual;

    /// <summary>The name and tag that an image is to get.</summary>
    public string? Tag(string key, string sentence, string usually)
    {
        Declare(key, SettingKinds.Image, usually, sentence, StackKinds.All);
        var text = Raw(key);
        if (text is null || (PinnedImage.IsReference(text) && PinnedImage.Parse(text).Digest is null)) return text;
        Report(key, $"'{text}' is not a name that an image can have.", "Write it in lower case, with a tag behind a colon: acme/shop:1.4.");
        return null;
    }

    /// <summary>Texts by the names of containers' variables, of a build's arguments, of services.</summary>
    public ImmutableSortedDictionary<string, string> Named(string key, string sentence)
    {
        var map = Map(key, sentence);
        var wrong = map.Keys.Where(name => !VariableName().IsMatch(name)).ToArray();
        foreach (var name in wrong)
            Report(
                $"{key}.{name}",
                $"'{name}' is not a name that a variable can have.",
                "Write letters, digits, '_', '.' and '-', and no digit first."
            );
        return map.RemoveRange(wrong);
    }

    /// <summary>Names of containers, by service.</summary>
    public ImmutableSortedDictionary<string, string> Containers(string key, string sentence)
    {
        var map = Map(key, sentence);
        var wrong = map.Where(pair => !ContainerName().IsMatch(pair.Value)).ToArray();
        foreach (var (service, name) in wrong)
            Report(
                $"{key}.{service}",
                $"'{name}' is not a name that a container can have.",
                "Write letters, digits, '_', '.' and '-', with a letter or digit first, two of them at least."
            );
        return map.RemoveRange(wrong.Select(pair => pair.Key));
    }

    /// <summary>The name that a container has for itself.</summary>
    public string? NodeHost(string key, string sentence, string usually)
    {
        if (Text(key, sentence, usually) is not { } text) return null;
        if (NodeHostName().IsMatch(text)) return text;
        Report(key, $"'{text}' is not the name of a node's host.", "Write letters, digits, and '-' and '_' between them, 63 at most.");
        return null;
    }

    /// <summary>A module of Python's and what is taken of it: <c>shop.celery_app:app</c>.</summary>
    public string? Module(string key, string sentence, StackKinds only)
    {
        if (Text(key, sentence, only: only) is not { } text || ModuleName().IsMatch(text)) return Raw(key);
        Report(key, $"'{text}' is not a module of Python's.", "Write its name as it is imported: shop.celery_app, or shop.celery_app:app.");
        return null;
    }

    /// <summary>An absolute path in a container.</summary>
    public string ContainerPath(string key, string fallback, string sentence)
    {
        Declare(key, SettingKinds.Path, Code(fallback), sentence, StackKinds.All);
        if (Raw(key) is not { } text) return fallback;
        if (ContainerPaths.WithoutEnd(text) is var path && ContainerPaths.IsPath(path)) return path;
        Report(key, $"'{text}' is not an absolute path in the container.", $"Write one with {PathWords}: {fallback}.");
        return fallback;
    }

    /// <summary>A path below another one, which it cannot leave.</summary>
    public string Below(string key, string usual, string sentence)
    {
        Declare(key, SettingKinds.Path, Code(usual), sentence, StackKinds.All);
        return Inside(key, Raw(key), usual, above: false);
    }

    /// <summary>Paths below another one.</summary>
    public ImmutableArray<string> Below(string key, string sentence, ImmutableArray<string> usual) =>
        [
            .. List(key, sentence, usual)
                .Select((text, at) => Inside(FormattableString.Invariant($"{key}[{at}]"), text, null!, above: false))
                .OfType<string>(),
        ];

    /// <summary>A folder that may also lie beside the project.</summary>
    public string Beside(string key, string usual, string sentence)
    {
        Declare(key, SettingKinds.Path, Code(usual), sentence, StackKinds.All);
        return Inside(key, Raw(key), usual, above: true);
    }

    private string Inside(string key, string? text, string fallback, bool above)
    {
        if (text is null)
            return fallback;
        if (text.Length > 0 && !text.Any(char.IsControl) && (above || !ContainerPaths.Leaves(text)))
            return text;
        Report(
            key,
            text.Length == 0 ? "It is empty."
                : above ? $"'{text}' is not a path."
                : $"'{text}' leads out of the folder that it belongs to.",
            above
                ? "Write a path relative to the project's root."
                : "Write a path below the application's folder (infra:app.context), without '..' and without a slash first."
        );
        return fallback;
    }

    [GeneratedRegex(@"\A[a-z0-9]?[a-z0-9_.-]{0,100}\z")]
    private static partial Regex PrefixName();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex NodeHostName();

    [GeneratedRegex(@"\A\w+(\.\w+)*(:\w+(\.\w+)*)?\z")]
    private static partial Regex ModuleName();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{1,199}\z")]
    private static partial Regex ContainerName();
}
