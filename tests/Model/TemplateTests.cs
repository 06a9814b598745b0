using Infra.Model;

namespace Infra.Tests.Model;

public sealed class TemplateTests
{
    private static readonly Secret Password = new("db-password");

    [Fact]
    public void Keeps_holes_for_secrets_and_nothing_else()
    {
        var url = Template.From($"redis://:{Password}@{"redis"}:{6379}/0");

        url.ToString().Should().Be("redis://:<db-password>@redis:6379/0");
        url.Render(_ => "hunter2").Text.Should().Be("redis://:hunter2@redis:6379/0");
        url.Secrets.Should().Equal(Password);
    }

    [Fact]
    public void Takes_over_the_holes_of_templates_in_it()
    {
        var inner = Template.From($"{Password}@");

        var outer = Template.From($"a:{inner}b") + Template.From($"{new Secret("other")}{Password}");

        outer.Secrets.Should().Equal(Password, new Secret("other"));
        outer.ToString().Should().Be("a:<db-password>@b<other><db-password>");
    }

    [Fact]
    public void Is_equal_by_content_and_no_hole_equals_its_print()
    {
        Template.From($"a{Password}").Should().Be(Template.From($"a{Password}"));
        Template.From($"a{Password}").Should().NotBe((Template)"a<db-password>");
        ((Template)"plain").HasSecrets.Should().BeFalse();
    }
}
