using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class SecretFilesTests : IDisposable
{
    private static readonly Secret Password = new("postgres-password");

    private readonly TemporaryRoot root = new();

    private SecretFiles Files => SecretFiles.For(root.Path, "dev");

    public void Dispose() => root.Dispose();

    [Fact]
    public void There_is_no_secret_before_the_first_use() => Files.Read(Password).Should().BeNull();

    [Fact]
    public void A_secret_is_made_once_and_is_long_random_and_safe_in_a_URL()
    {
        var first = Files.ReadOrCreate(Password);

        first.Text.Should().MatchRegex("^[A-Za-z0-9]{24,}$");
        Files.ReadOrCreate(Password).Should().Be(first);
        Files.Read(Password).Should().Be(first);
        Files.ReadOrCreate(new Secret("other")).Should().NotBe(first);
    }

    [Fact]
    public void A_file_that_is_there_is_never_touched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Files.PathOf(Password))!);
        File.WriteAllText(Files.PathOf(Password), "mine\n");

        Files.ReadOrCreate(Password).Text.Should().Be("mine\n");
        File.ReadAllText(Files.PathOf(Password)).Should().Be("mine\n");
    }

    [Fact]
    public void A_draft_that_somebody_left_is_no_obstacle()
    {
        var path = Files.PathOf(Password);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, $".{Password.Name}.new"), "");

        Files.ReadOrCreate(Password).Text.Should().HaveLength(32);

        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
    }

    [Fact]
    public void Of_many_at_once_all_get_the_same_and_nothing_is_left_over()
    {
        foreach (var secret in Enumerable.Range(0, 50).Select(number => new Secret($"password-{number}")))
        {
            var secrets = new SecretValue[32];
            Parallel.For(0, secrets.Length, index => secrets[index] = Files.ReadOrCreate(secret));

            secrets.Distinct().Should().ContainSingle();
        }

        Directory.GetFiles(Path.GetDirectoryName(Files.PathOf(Password))!).Should().HaveCount(50);
    }

    [Fact]
    public void Nobody_else_may_enter_the_folder_or_read_the_file()
    {
        if (OperatingSystem.IsWindows()) return;

        Files.ReadOrCreate(Password);

        (Modes.Of(Path.GetDirectoryName(Files.PathOf(Password))!), Modes.Of(Files.PathOf(Password))).Should().Be(("700", "600"));
    }

    [Fact]
    public void A_folder_that_was_made_by_hand_is_closed_to_others_and_what_is_in_it_stays()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Written("mine", "755", "600");

        Files.Protect().Should().BeNull();

        (Modes.Of(folder), Modes.Of(Files.PathOf(Password))).Should().Be(("700", "600"));
        File.ReadAllText(Files.PathOf(Password)).Should().Be("mine");
    }

    [Fact]
    public void A_secret_is_read_byte_for_byte()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 0, 0xFF, (byte)'\r', (byte)'\n'];
        Files.Write(Password, new SecretValue(bytes));

        Files.Read(Password)!.Bytes.ToArray().Should().Equal(bytes);
    }

    [Theory]
    [InlineData("prod")]
    [InlineData(".")]
    public void A_link_to_a_folder_that_others_may_enter_is_refused_and_nothing_there_is_touched(string link)
    {
        if (OperatingSystem.IsWindows()) return;
        var (files, vault) = Linked(link, "755");

        files
            .Protect()
            .Should()
            .EndWith(
                $"It leads to {vault}, which is not closed to others on this machine, and what lies elsewhere is not closed from here. "
                    + $"Make it yours and run 'chmod 700 {vault}', or put a folder in the link's place."
            );
        files.Invoking(all => all.Write(Password, "new")).Should().Throw<IOException>();

        (Modes.Of(vault), Modes.Of(Path.Combine(vault, Password.Name))).Should().Be(("755", "600"));
        File.ReadAllText(Path.Combine(vault, Password.Name)).Should().Be("kept by another program");
    }

    [Theory]
    [InlineData("prod")]
    [InlineData(".")]
    public void A_link_to_a_folder_that_is_closed_and_ours_is_one_of_ours(string link)
    {
        if (OperatingSystem.IsWindows()) return;
        var (files, _) = Linked(link, "700");

        files.Protect().Should().BeNull();

        files.Read(Password)!.Text.Should().Be("kept by another program");
    }

    [Fact]
    public void A_link_to_nothing_is_told_and_not_followed()
    {
        if (OperatingSystem.IsWindows()) return;
        var (files, vault) = Linked("prod", "700");
        Directory.Delete(vault, recursive: true);

        files
            .Protect()
            .Should()
            .EndWith($"It leads to {vault}, where there is no folder. Create it with 'mkdir -m 700 {vault}', or remove the link.");
    }

    [Fact]
    public void What_is_no_file_is_told_in_a_sentence()
    {
        Directory.CreateDirectory(Files.PathOf(Password));
        Files
            .Invoking(files => files.Read(Password))
            .Should()
            .Throw<IOException>()
            .WithMessage($"{Files.PathOf(Password)}: It is a folder. Write the secret's value into a file of this name.");

        Directory.Delete(Files.PathOf(Password));
        File.CreateSymbolicLink(Files.PathOf(Password), "nowhere");
        Files
            .Invoking(files => files.Read(Password))
            .Should()
            .Throw<IOException>()
            .WithMessage($"{Files.PathOf(Password)}: It leads to nowhere, where there is nothing. Fix the link, or remove it.");
    }

    [Fact]
    public void A_folder_that_cannot_be_closed_is_told_with_what_to_do()
    {
        // Nobody, not even root, changes the mode of this one.
        if (!OperatingSystem.IsLinux()) return;
        var folder = $"/proc/{Environment.ProcessId}/task";

        new SecretFiles(folder).Protect().Should().StartWith($"{folder}: Others on this machine may enter the folder, and that cannot be changed: ")
            .And.EndWith($" Make it yours with 'sudo chown -R $(id -u) {folder}', and run the same command again.");
    }

    [Fact]
    public void There_is_nothing_to_protect_before_the_first_use()
    {
        Files.Protect().Should().BeNull();

        Directory.Exists(Path.Combine(root.Path, ".secrets")).Should().BeFalse();
    }

    private (SecretFiles Files, string Vault) Linked(string link, string mode)
    {
        var vault = Path.Combine(root.Path, "vault");
        var folder = link == "." ? Path.Combine(vault, "prod") : vault;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Password.Name), "kept by another program");
        Modes.Set(Path.Combine(folder, Password.Name), "600");
        Modes.Set(folder, mode);
        var files = SecretFiles.For(root.Path, "prod");
        var place = Path.GetFullPath(Path.Combine(root.Path, ".secrets", link));
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.CreateSymbolicLink(place.TrimEnd('/'), vault);
        return (files, folder);
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
