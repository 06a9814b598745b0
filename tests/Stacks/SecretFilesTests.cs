using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class SecretFilesTests : IDisposable
{
    private static readonly Secret Password = new("postgres-password");

    private readonly TemporaryRoot root = new();

    private SecretFiles Files => SecretFiles.Of(root.Path, "dev");

    public void Dispose() => root.Dispose();

    [Fact]
    public void There_is_no_secret_before_the_first_use() => Files.Read(Password).Should().BeNull();

    [Fact]
    public void A_secret_is_made_once_and_is_long_random_and_safe_in_a_URL()
    {
        var first = Files.ReadOrCreate(Password);

        first.Should().MatchRegex("^[A-Za-z0-9]{24,}$");
        Files.ReadOrCreate(Password).Should().Be(first);
        Files.Read(Password).Should().Be(first);
        Files.ReadOrCreate(new Secret("other")).Should().NotBe(first);
    }

    [Fact]
    public void A_file_that_is_there_is_never_touched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Files.PathOf(Password))!);
        File.WriteAllText(Files.PathOf(Password), "mine\n");

        Files.ReadOrCreate(Password).Should().Be("mine");
        File.ReadAllText(Files.PathOf(Password)).Should().Be("mine\n");
    }

    [Fact]
    public void A_draft_that_somebody_left_is_no_obstacle()
    {
        var path = Files.PathOf(Password);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, $".{Password.Name}.new"), "");

        Files.ReadOrCreate(Password).Should().HaveLength(32);

        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
    }

    [Fact]
    public void Of_many_at_once_all_get_the_same_and_nothing_is_left_over()
    {
        foreach (var secret in Enumerable.Range(0, 50).Select(number => new Secret($"password-{number}")))
        {
            var secrets = new string[32];
            Parallel.For(0, secrets.Length, index => secrets[index] = Files.ReadOrCreate(secret));

            secrets.Distinct().Should().ContainSingle();
        }

        Directory.GetFiles(Path.GetDirectoryName(Files.PathOf(Password))!).Should().HaveCount(50);
    }

    [Fact]
    public void A_container_may_read_the_file_and_nobody_else_the_folder()
    {
        if (OperatingSystem.IsWindows()) return;

        Files.ReadOrCreate(Password);

        File.GetUnixFileMode(Files.PathOf(Password)).Should().Be(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.GetUnixFileMode(Path.GetDirectoryName(Files.PathOf(Password))!).Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
