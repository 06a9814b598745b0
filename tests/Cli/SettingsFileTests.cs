using System.Text;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Files that people write by hand: each ends in its settings, or in a sentence with the right line.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private const string Head = "config:\n  infra:environment: dev\n";

    private readonly CommandLineRun run = new();

    public static TheoryData<string, string> Faults =>
        new()
        {
            {
                Head + "  infra:app:\n    context: app\n\tdirectory: /app\n",
                "5:1: There is a tab here, and YAML is indented with spaces only. Write spaces."
            },
            { Head + "\tinfra:prefix: a\n", "3:1: There is a tab here, and YAML is indented with spaces only. Write spaces." },
            { "config:\n\tinfra:environment: dev\n", "2:1: There is a tab here, and YAML is indented with spaces only. Write spaces." },
            { "config:\n  infra:services:\n  \tweb: {}\n", "3:3: There is a tab here, and YAML is indented with spaces only. Write spaces." },
            {
                Head + "  infra:prefix: !!binary c2hvcC0=\n",
                "3:17: The tag '!!binary' is decoded by Pulumi, and no setting is bytes. Write the text itself."
            },
            { Head + "  infra:app:\n    - a\n\t- b\n", "5:1: There is a tab here, and YAML is indented with spaces only. Write spaces." },
            {
                Head + "  infra:prefix: 'a\n  infra:services: {web: {}}\n",
                "3:17: This is not YAML: While scanning a quoted scalar, found unexpected end of stream. Fix the line, or the one before it."
            },
            {
                Head + "  infra:app:\n    context: *there\n",
                "4:14: '*there' refers to nothing above it. Write '&there' before the value that it refers to, or put it in quotes if it is a text."
            },
            {
                Head + "  infra:app: &a\n    args: { b: *a }\n",
                "4:16: '*a' refers to itself: it is inside the value that it refers to. Write out what is meant here."
            },
            {
                Head + "  infra:app: &a [*a]\n",
                "3:18: '*a' refers to itself: it is inside the value that it refers to. Write out what is meant here."
            },
            {
                Head + "  infra:app:\n    <<: text\n",
                "4:5: '<<' takes in a map, and this is none. Write the alias of a map behind it, such as *usual, or a list of them."
            },
            {
                Head + "---\nconfig: {}\n",
                "3:1: A second document begins here, and it is ignored. Put it into a file of its own, or drop the '---'."
            },
            { Head + "  infra:environment: prod\n", "3:3: The key 'infra:environment' is there twice. Drop one of the two." },
            { Head + "  ? [a, b]\n  : c\n", "2:3: A key of this map is not a text. Write a text before each ':'." },
            { Head + "  infra:app: !mine { context: app }\n", "3:14: The tag '!mine' has no meaning in settings. Drop it." },
            { Head + "  infra:prefix: !mine a\n", "3:17: The tag '!mine' has no meaning in settings. Drop it." },
            {
                Head + "  infra:services: {web: { port: 8000\u2028, memory: 1GiB }}\n",
                "3:37: The character \\u2028 is here, and is invisible. Remove it, or write it by its number in double quotes."
            },
            {
                Head + "  infra:services: {web: { port: 8000\u0085, memory: 1GiB }}\n",
                "3:37: The character \\u0085 is here, and is invisible. Remove it, or write it by its number in double quotes."
            },
            {
                Head + "  infra:prefix: \u001b[31mred\n",
                "3:17: The character \\u001B is here, and is invisible. Remove it, or write it by its number in double quotes."
            },
            { "config: [infra]\n", "1:9: 'config' is not a map of keys to values. Write 'infra:environment: dev' below it, indented." },
            { "- a\n- b\n", "1:1: This is not a map of keys to values. Begin with 'config:'." },
        };

    public void Dispose() => run.Dispose();

    [Theory, MemberData(nameof(Faults))]
    public Task A_fault_is_told_with_its_place(string text, string message)
    {
        run.WriteExactly("Pulumi.dev.yaml", text);

        return run.RefusesAsync("Pulumi.dev.yaml:" + message, "check", "dev");
    }

    [Fact]
    public async Task A_letter_in_another_encoding_is_told_with_its_place()
    {
        await File.WriteAllBytesAsync(run.PathOf("Pulumi.dev.yaml"), Encoding.Latin1.GetBytes(Head + "  infra:prefix: caf\u00e9-\n"));

        await run.RefusesAsync("Pulumi.dev.yaml:3:20: A letter here is not in UTF-8. Save the file as UTF-8.", "check", "dev");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unicode_with_a_mark_at_its_beginning_is_read(bool isWide)
    {
        await File.WriteAllTextAsync(
            run.PathOf("Pulumi.dev.yaml"),
            Head + "  infra:attempt: caf\u00e9\n",
            isWide ? Encoding.Unicode : new UTF8Encoding(true)
        );

        SettingsFile.Read(run.PathOf("Pulumi.dev.yaml")).Values["attempt"]!.ToString().Should().Be("caf\u00e9");
    }

    [Fact]
    public Task A_file_that_is_longer_than_any_settings()
    {
        run.WriteExactly("Pulumi.dev.yaml", Head + "  infra:prefix: " + new string('a', 1024 * 1024) + "\n");

        return run.RefusesAsync("Pulumi.dev.yaml: It has more than 1 MiB. Keep what is not a setting elsewhere.", "check", "dev");
    }

    [Fact]
    public void A_merge_key_takes_in_what_the_map_does_not_say_itself()
    {
        run.WriteExactly("Pulumi.dev.yaml", Head + """
              infra:services:
                web: &usual { memory: 1GiB, cpus: 2 }
                worker: &own { cpus: 1 }
                beat:
                  <<: [*own, *usual]
                  memory: 64MiB

            """);

        var source = SettingsFile.Read(run.PathOf("Pulumi.dev.yaml"));

        source.Values["services"]!["beat"]!.ToJsonString().Should().Be("""{"memory":"64MiB","cpus":"1"}""");
        source.Where("services.beat.cpus").Should().Be("Pulumi.dev.yaml:5:20 infra:services.beat.cpus");
    }

    [Fact]
    public void A_merge_key_in_quotes_is_a_key_like_others()
    {
        run.WriteExactly("Pulumi.dev.yaml", Head + "  infra:app: { environment: { '<<': a } }\n");

        SettingsFile.Read(run.PathOf("Pulumi.dev.yaml")).Values["app"]!["environment"]!.ToJsonString().Should()
            .Be("""{"\u003C\u003C":"a"}""");
    }

    public static TheoryData<string, string> Bombs =>
        new()
        {
            { "deep lists", Head + "  infra:app: " + new string('[', 100_000) },
            { "deep maps", Head + "  infra:app: " + string.Concat(Enumerable.Repeat("{ a: ", 100_000)) },
            { "indented ever deeper", Head + string.Concat(Enumerable.Range(1, 1000).Select(level => new string(' ', 2 * level) + "a:\n")) },
            {
                "aliases of aliases",
                Head
                    + "  infra:a: &a0 [x, x]\n"
                    + string.Concat(Enumerable.Range(1, 60).Select(level => $"  infra:b{level}: &a{level} [*a{level - 1}, *a{level - 1}]\n"))
            },
            { "many keys", Head + string.Concat(Enumerable.Range(0, 60_000).Select(key => $"  infra:{key}: a\n")) },
            { "fewer keys", Head + string.Concat(Enumerable.Range(0, 4_900).Select(key => $"  infra:strange-setting-{key}: a\n")) },
            { "one long text", Head + "  infra:images: " + new string('a', 1_000_000) + "\n" },
            { "one long text in quotes", Head + "  infra:images: \"" + new string('a', 1_000_000) + "\"\n" },
            { "one long block", Head + "  infra:images: |\n" + string.Concat(Enumerable.Repeat("    a\n", 150_000)) },
            { "one long key", Head + "  ? infra:" + new string('a', 1_000_000) + "\n  : a\n" },
            { "one long comment", Head + "#" + new string('a', 1_000_000) + "\n  infra:image: a\n" },
            { "many anchors", Head + string.Concat(Enumerable.Range(0, 50_000).Select(at => $"  infra:{at}: &a{at} a\n")) },
        };

    [Theory, MemberData(nameof(Bombs))]
    public void A_file_that_is_made_to_be_slow_ends_in_a_sentence_within_a_second(string kind, string text)
    {
        run.WriteExactly("Pulumi.dev.yaml", text);
        Exception? end = null;

        var time = ThreadTime.Of(() => end = Record.Exception(() => StackLoader.Read(run.Workspace, "dev", "shop")));

        end.Should().BeOfType<UserErrorException>(kind).Which.Message.Should().StartWith("Pulumi.dev.yaml").And.MatchRegex(@"[.?]\z");
        time.Should().BeLessThan(TimeSpan.FromSeconds(1), kind);
    }
}
