using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeFilesTests
{
    private static readonly Secret Password = new("db-password");
    private static readonly ServiceFile Url = new("url", Template.From($"x://{Password}@db"));

    [Fact]
    public void A_file_that_is_one_secret_is_rendered_under_the_secrets_own_name()
        => Of(Service("web") with { Files = [new ServiceFile("stripe", Template.From($"{Password}"))] })
            .Should().Equal(new ComposeFile("db-password", ".secrets/dev/rendered/db-password", Template.From($"{Password}")));

    [Fact]
    public void The_same_file_of_two_services_is_rendered_once()
        => Of(Service("web") with { Files = [Url] }, Service("worker") with { Files = [Url] })
            .Should().Equal(new ComposeFile("url", ".secrets/dev/rendered/url", Url.Content));

    [Fact]
    public void Different_files_of_one_name_are_told_apart_by_their_services()
    {
        var other = new ServiceFile("url", Template.From($"y://{Password}@db"));

        var files = Of(Service("web") with { Files = [Url] }, Service("worker") with { Files = [other] });

        files.Should().Equal(
            new ComposeFile("web-url", ".secrets/dev/rendered/web-url", Url.Content),
            new ComposeFile("worker-url", ".secrets/dev/rendered/worker-url", other.Content));
    }

    [Fact]
    public void A_rendered_file_never_takes_the_name_of_a_secret()
    {
        var taken = ServiceFile.For(new Secret("url"));

        var files = Of(Service("web") with { Files = [Url] }, Service("worker") with { Files = [taken] });

        files.Select(file => file.Name).Should().Equal("url", "web-url");
    }

    [Fact]
    public void Configuration_is_in_the_compose_file_where_the_root_can_be_written()
    {
        var service = Service("web") with { Files = [new ServiceFile("rules.yaml", "a: 1\n")] };

        Of(service).Should().BeEmpty();
        Samples.Write(service).Should().Contain("configs:\n  rules.yaml:\n    content: |\n      a: 1\n");
    }

    [Fact]
    public void Configuration_is_a_file_where_the_root_is_read_only()
    {
        var service = Service("web") with { ReadOnly = true, Files = [new ServiceFile("sub/rules.yaml", "a: 1\n")] };

        Of(service).Should().Equal(new ComposeFile("sub-rules.yaml", ".infra/dev/configs/sub-rules.yaml", "a: 1\n"));
        Samples.Write(service).Should().Contain("configs:\n  sub-rules.yaml:\n    file: ./.infra/dev/configs/sub-rules.yaml\n")
            .And.Contain("      - source: sub-rules.yaml\n        target: /run/configs/sub/rules.yaml\n");
    }

    [Fact]
    public void Two_contents_under_one_name_are_refused()
    {
        Action write = () =>
            Of(
                Service("a") with
                {
                    Files = [new ServiceFile("b-c", Template.From($"1{Password}")), Url],
                },
                Service("a-b") with
                {
                    Files = [new ServiceFile("c", Template.From($"2{Password}"))],
                },
                Service("x") with
                {
                    Files = [new ServiceFile("b-c", Template.From($"3{Password}")), new ServiceFile("c", Template.From($"4{Password}"))],
                }
            );

        write.Should().Throw<InvalidOperationException>()
            .WithMessage("Two files with different contents would both be called 'a-b-c' in the Compose file. Rename one.");
    }

    [Fact]
    public void Development_needs_these_files()
        => ComposeFiles.Write(Samples.Dev, new ComposeOptions()).Select(file => file.Path).Should().Equal(
            ".infra/dev/configs/enabled_plugins", ".infra/dev/configs/postgres-start.sh", ".infra/dev/configs/rabbitmq-env.conf",
            ".infra/dev/configs/rabbitmq-queues.sh", ".infra/dev/configs/rabbitmq.conf",
            ".secrets/dev/rendered/broker-url", ".secrets/dev/rendered/database-url", ".secrets/dev/rendered/postgres-password",
            ".secrets/dev/rendered/rabbitmq-password", ".secrets/dev/rendered/rabbitmq-user.config",
            ".secrets/dev/rendered/redis-password", ".secrets/dev/rendered/redis-url", ".secrets/dev/rendered/redis.conf");

    private static ServiceSpec Service(string name) => Samples.Plain with { Name = name };

    private static ImmutableArray<ComposeFile> Of(params ServiceSpec[] services) => ComposeFiles.Write(Samples.Only(services), new ComposeOptions());
}
