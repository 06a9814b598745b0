using Infra.Model;

namespace Infra.Tests.Model;

public sealed class EndpointTests
{
    private static readonly Endpoint Database = new("postgresql", "db", 5432) { User = "app", Password = new Secret("pw"), Path = "/shop" };

    [Fact]
    public void Makes_a_url_with_a_hole_for_its_password() => Database.Url().ToString().Should().Be("postgresql://app:<pw>@db:5432/shop");

    [Fact]
    public void Takes_another_scheme_and_path()
        => Database.Url("postgresql+psycopg", "/other").ToString().Should().Be("postgresql+psycopg://app:<pw>@db:5432/other");

    [Fact]
    public void Needs_no_credentials() => new Endpoint("http", "web", 8000).Url().ToString().Should().Be("http://web:8000");

    [Theory]
    [InlineData("https", 443, "https://s3.example.com")]
    [InlineData("http", 80, "http://s3.example.com")]
    [InlineData("https", 80, "https://s3.example.com:80")]
    [InlineData("https", 8443, "https://s3.example.com:8443")]
    public void Leaves_out_the_port_that_its_scheme_says(string scheme, int port, string url)
        => new Endpoint(scheme, "s3.example.com", port).Url().ToString().Should().Be(url);
}
