using Infra.Components.Programs;

namespace Infra.Tests.Components;

public sealed class EmbeddedTests
{
    [Fact]
    public void A_file_that_is_missing_is_named_with_its_assembly_and_what_is_there()
    {
        var read = () => Embedded.Text(typeof(Embedded).Assembly, "missing.py");

        read.Should().Throw<InvalidOperationException>().WithMessage("Infra.Components has no embedded file 'missing.py'.*reload.py*");
    }

    [Fact]
    public void A_folder_gives_its_files_by_what_follows_its_name()
        => Embedded.Folder(typeof(Embedded).Assembly, "rules/").Select(file => file.Key).Should().Contain("redis.yaml").And.NotContain("redis.json");
}
