using Infra.Components;
using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Systems;

/// <summary>Who logs in as the second users of a store while its password is rotated.</summary>
public sealed class RotationTests
{
    private static readonly Secret Password = new("postgres-password");

    private static readonly PasswordChange Change = Postgres.Describe("postgres", new() { Password = Password }).PasswordChange!;

    public static TheoryData<string> Stacks
    {
        get
        {
            var data = new TheoryData<string>();
            // The one that is left out has Redis alone, whose user has both passwords.
            foreach (var stack in SystemStacks.Names.Append("dev").Append("prod").Except(["paqueteria"])) data.Add(stack);
            return data;
        }
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Everything_in_our_stacks_that_has_a_store_s_password(string stack)
    {
        var settings = StackLoader.Read(new Workspace(Repository.Root), stack, "shop").Settings;
        var usual = await StackFactory.GatherAsync(settings);
        var stores = usual
            .Services.Where(service => service.PasswordChange is { IsInTwoSteps: true })
            .Select(service => service.PasswordChange!)
            .ToArray();
        stores.Should().NotBeEmpty();

        foreach (var change in stores)
        {
            var rotating = await StackFactory.GatherAsync(settings.Rotating(change.Secret.Name));

            var users = rotating.Services.Where(service => service.PasswordChange?.Secret != change.Secret && Has(service, change.Secret)).ToArray();
            users.Should().NotBeEmpty();
            users.Should().OnlyContain(user => change.IsFollowedBy(user), change.Secret.Name);
            usual
                .Services.Where(service => service.PasswordChange?.Secret != change.Secret && Has(service, change.Secret))
                .Should()
                .NotContain(user => change.IsFollowedBy(user));
            rotating
                .Services.Where(service => service.PasswordChange is not null)
                .Select(store => store with { Endpoint = null, PasswordChange = null })
                .Select(Written)
                .Should()
                .Equal(
                    usual
                        .Services.Where(service => service.PasswordChange is not null)
                        .Select(store => store with { Endpoint = null, PasswordChange = null })
                        .Select(Written),
                    "no store is recreated for it"
                );
        }
    }

    [Fact]
    public void Not_what_takes_the_password_alone_and_knows_the_user_by_itself()
    {
        var alone = Specs.Service("web") with { Files = [ServiceFile.For(Password)], Environment = Variables.From(("DB_USER", "app")) };

        Change.IsFollowedBy(alone).Should().BeFalse();
        Change.IsFollowedBy(alone with { Environment = Variables.From(("DB_USER", Postgres.SecondRoles[0])) }).Should().BeTrue();
        Change.IsFollowedBy(Specs.Service("web")).Should().BeTrue("it has none");
    }

    private static bool Has(ServiceSpec service, Secret secret) => service.Files.Any(file => file.Content.Secrets.Contains(secret));

    private static string Written(ServiceSpec store) =>
        Infra.Targets.Compose.ComposeWriter.Write(new Topology(new Naming("shop", "dev"), [store]), new());
}
