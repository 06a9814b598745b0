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
}
