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

        (Modes.Of(Path.GetDirectoryName(Files.PathOf(Password))!), Modes.Of(Files.PathOf(Password))).Should().Be(("700", "444"));
    }

    [Fact]
    public void What_was_written_by_hand_is_closed_to_others_and_readable_by_a_container()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Written("mine", "755", "600");

        Files.Protect([Password, new Secret("not-there")]).Should().BeNull();

        (Modes.Of(folder), Modes.Of(Files.PathOf(Password))).Should().Be(("700", "444"));
        File.ReadAllText(Files.PathOf(Password)).Should().Be("mine");
    }

    [Fact]
    public void A_file_that_a_container_can_read_stays_writable_for_who_wrote_it()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Written("mine", "755", "644");

        Files.Protect([Password]).Should().BeNull();

        (Modes.Of(folder), Modes.Of(Files.PathOf(Password))).Should().Be(("700", "644"));
    }

    [Fact]
    public void A_link_stays_as_it_is_and_so_does_what_it_leads_to()
    {
        if (OperatingSystem.IsWindows()) return;
        var elsewhere = Path.Combine(root.Path, "elsewhere");
        File.WriteAllText(elsewhere, "kept by another program");
        Modes.Set(elsewhere, "600");
        var folder = Written("mine", "755", "600");
        File.Delete(Files.PathOf(Password));
        File.CreateSymbolicLink(Files.PathOf(Password), elsewhere);

        Files.Protect([Password]).Should().BeNull();

        (Modes.Of(folder), Modes.Of(elsewhere)).Should().Be(("700", "600"));
    }

    [Fact]
    public void A_folder_that_cannot_be_closed_is_told_with_what_to_do()
    {
        // Nobody, not even root, changes the mode of this one.
        if (!OperatingSystem.IsLinux()) return;
        var folder = $"/proc/{Environment.ProcessId}/task";

        new SecretFiles(folder).Protect([Password]).Should().StartWith($"{folder}: Others on this machine may enter the folder, and that cannot be changed: ")
            .And.EndWith($" Make it yours with 'sudo chown -R $(id -u) {folder}', and run the same command again.");
    }

    [Fact]
    public void There_is_nothing_to_protect_before_the_first_use()
    {
        Files.Protect([Password]).Should().BeNull();

        Directory.Exists(Path.Combine(root.Path, ".secrets")).Should().BeFalse();
    }

    private string Written(string value, string folderMode, string mode)
    {
        var folder = Path.GetDirectoryName(Files.PathOf(Password))!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Files.PathOf(Password), value);
        Modes.Set(folder, folderMode);
        Modes.Set(Files.PathOf(Password), mode);
        return folder;
    }
}
