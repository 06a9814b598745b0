using System.Text;

namespace Infra.Tests.EndToEnd;

public sealed class SecretTests(DevStack stack) : EndToEndTest(stack)
{
    private static readonly string[] Names = ["postgres-password", "rabbitmq-password", "redis-password"];

    [EndToEndFact]
    public async Task Secrets_appear_in_no_inspect_log_or_file_but_their_own()
    {
        await OrderAndWaitAsync("a safe");
        var secrets = Names.Select(Project.Secret).ToArray();
        secrets.Should().OnlyContain(secret => secret.Length >= 20).And.OnlyHaveUniqueItems();

        var places = new Dictionary<string, string> { ["the first up"] = Stack.FirstUp.ToString() };
        foreach (var item in await Project.ObjectsAsync())
        {
            var (kind, name) = (item.Split(' ')[0], item.Split(' ')[1]);
            places[$"inspect {item}"] = await Engine.AskAsync("inspect", "--type", kind, name);
            if (kind != "container") continue;
            places[$"log of {name}"] = (await Engine.TryAsync("logs", name)).ToString();
            places[$"processes of {name}"] = await Engine.AskAsync("top", name, "-eo", "pid,args");
        }

        places["the image's history"] = await Engine.AskAsync("image", "history", "--no-trunc", Project.AppImage);
        places["the image's inspect"] = await Engine.AskAsync("image", "inspect", Project.AppImage);
        foreach (var verb in new[] { "compose", "preview", "graph", "status", "logs" })
            places[verb] = (await Project.InfraAsync(verb, "dev")).ToString();
        foreach (
            var file in Directory.EnumerateFiles(Project.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        )
            if (!file.StartsWith(Project.PathOf(".secrets") + "/", StringComparison.Ordinal))
                places[file] = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));

        places.Count.Should().BeGreaterThan(50);
        places
            .Where(place => secrets.Any(secret => place.Value.Contains(secret, StringComparison.Ordinal)))
            .Select(place => place.Key)
            .Should()
            .BeEmpty();
    }

    [EndToEndFact]
    public void Nobody_but_its_owner_may_enter_the_folder_of_secrets()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(Project.PathOf(".secrets", "dev"))
            .Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
