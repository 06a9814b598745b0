using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;
using Infra.Tests.Stacks;

namespace Infra.Tests.Systems;

/// <summary>
/// The Dockerfiles of this repository's stacks fit what the stacks run.
/// Compared are ports, folders of volumes, the program's module and its packages.
/// </summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Stacks => [.. RegisteredStack.Names];

    [Theory, MemberData(nameof(Stacks))]
    public async Task No_rule_finds_anything_in_them(string stack)
    {
        var workspace = new Workspace(Repository.Root);
        var loaded = await StackLoader.LoadAsync(workspace, stack, images: ImageSource.Registry);

        DockerfileFindings.Find(ReviewedStack.From(workspace, loaded)).Select(finding => finding.ToString()).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task The_port_they_tell_is_the_one_that_web_listens_on(string stack)
    {
        foreach (var (service, file, final) in (await ImagesAsync(stack)).Where(image => image.Service.Role == ServiceRole.Web))
            final
                .All("EXPOSE")
                .Select(instruction => instruction.Text)
                .Should()
                .Equal([FormattableString.Invariant($"{service.Endpoint!.Port}")], file.Path);
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Their_own_command_listens_for_others_and_starts_a_module_that_is_there(string stack)
    {
        foreach (var (service, file, final) in await ImagesAsync(stack))
        {
            var command = final.All("CMD").Should().ContainSingle(file.Path).Subject.Text;
            command.Should().Contain("0.0.0.0", file.Path);
            var module = Module().Match(command).Groups["module"].Value.Replace('.', '/') + ".py";
            var context = ((BuiltImage)service.Image).Context;
            new[] { $"{context}/{module}", $"{context}/src/{module}" }
                .Should()
                .Contain(path => File.Exists(Repository.PathOf(path)), "{0} starts {1}", file.Path, module);
        }
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Packages_that_another_stage_installs_come_along(string stack)
    {
        foreach (var (_, file, final) in (await ImagesAsync(stack)).Where(image => image.File.Stages.Any(stage => stage.Name == "builder")))
        {
            var folder = VirtualEnvironment()
                .Match(string.Join('\n', final.All("ENV").Select(instruction => instruction.Text)))
                .Groups["folder"]
                .Value;
            final
                .All("COPY")
                .Where(copy => copy.Flag("from") == "builder")
                .Select(copy => copy.Text)
                .Should()
                .Contain($"{folder} {folder}", file.Path);
        }
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Folders_that_become_volumes_belong_to_its_user_for_a_new_volume_takes_that_over(string stack)
    {
        foreach (var (service, file, final) in await ImagesAsync(stack))
            foreach (var mount in service.Mounts.OfType<VolumeMount>())
                string.Join('\n', final.All("RUN").Select(run => run.Text))
                    .Should()
                    .MatchRegex(
                        $@"install -d -o app[a-z]* -g app[a-z]* .*{Regex.Escape(mount.Target)}( |$)",
                        "{0}: {1} writes to {2}",
                        file.Path,
                        service.Name,
                        mount.Target
                    );
    }

    private static Task<Topology> GatherAsync(string stack) =>
        StackFactory.GatherAsync(StackLoader.Read(new Workspace(Repository.Root), stack, "shop").Settings);

    // Every service of the application with the last stage of its image.
    private static async Task<IEnumerable<(ServiceSpec Service, Dockerfile File, Stage Final)>> ImagesAsync(string stack)
        => from service in (await GatherAsync(stack)).Services
           where service.Image is BuiltImage && service.IsApplication()
           let image = (BuiltImage)service.Image
           let file = DockerfileParser.Parse(image.DockerfilePath, File.ReadAllText(Repository.PathOf(image.DockerfilePath)), image.Args)
           select (service, file, file.Final(image.Target)!);

    [GeneratedRegex("\"(?<module>[a-z_]+\\.[a-z_]+)(:[a-z_]+)?\"")]
    private static partial Regex Module();

    [GeneratedRegex("PATH=(?<folder>\\S+)/bin:")]
    private static partial Regex VirtualEnvironment();
}
