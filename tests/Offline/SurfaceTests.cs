using System.Reflection;

namespace Infra.Tests.Offline;

public sealed class SurfaceTests
{
    public static TheoryData<string> Classes => [.. PublishedSurface.Classes.Keys];

    public static TheoryData<string> Constructors => [.. PublishedSurface.Constructors.Keys];

    public static TheoryData<string> Resources => [.. PublishedSurface.Tokens.Keys];

    [Theory, MemberData(nameof(Classes))]
    public void Has_the_members_that_the_published_package_has(string name)
    {
        var members = ActualSurface.Members(ActualSurface.Class(name));

        members.Should().Contain(PublishedSurface.Classes[name]);
        if (ActualSurface.IsOffline)
            members.Should().HaveSameCount(PublishedSurface.Classes[name]);
    }

    [Theory, MemberData(nameof(Constructors))]
    public void Is_made_as_the_published_resource_is(string name) =>
        ActualSurface.Constructor(ActualSurface.Class(name)).Should().Be(PublishedSurface.Constructors[name]);

    [Theory, MemberData(nameof(Resources))]
    public void Carries_the_published_type_token(string name) =>
        ActualSurface.Class(name).GetCustomAttributesData()
            .SelectMany(attribute => attribute.ConstructorArguments)
            .Select(argument => argument.Value).Should().Contain(PublishedSurface.Tokens[name]);

    [Fact]
    public void Offers_no_class_that_the_published_package_lacks()
    {
        // The listing does not go into the parts of a BuildxBuilder; the schema does.
        if (ActualSurface.IsOffline)
            ActualSurface.Classes.Where(name => !name.StartsWith("BuildxBuilder", StringComparison.Ordinal))
                .Should().BeSubsetOf(PublishedSurface.Classes.Keys.Concat(PublishedSurface.Tokens.Keys));
    }

    [Fact]
    public void Sends_the_builder_version_as_a_word()
    {
        var versions = typeof(Pulumi.Docker.BuilderVersion).GetProperties(BindingFlags.Static | BindingFlags.Public);

        versions.Select(version => version.Name).Should().BeEquivalentTo("BuilderV1", "BuilderBuildKit");
        ((string)Pulumi.Docker.BuilderVersion.BuilderBuildKit).Should().Be("BuilderBuildKit");
    }

    [Fact]
    public void Presets_what_an_image_always_sends()
    {
        var image = new Pulumi.Docker.ImageArgs();

        image.BuildOnPreview.Should().NotBeNull();
        image.SkipPush.Should().NotBeNull();
    }
}
