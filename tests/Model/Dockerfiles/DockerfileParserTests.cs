using System.Collections.Immutable;
using Infra.Model.Dockerfiles;

namespace Infra.Tests.Model.Dockerfiles;

public sealed class DockerfileParserTests
{
    [Fact]
    public void Continued_lines_are_one_instruction_without_the_comments_between_them()
    {
        var file = Parse("""
            FROM python:3.14-slim
            RUN apt-get update \
             # the compiler
             && apt-get install gcc \

             && true
            USER app
            """);

        file.Stages.Should().ContainSingle();
        file.Stages[0].Instructions.Select(instruction => (instruction.Line, instruction.Keyword)).Should().Equal((2, "RUN"), (7, "USER"));
        file.Stages[0].Instructions[0].Words.Should().Equal("apt-get", "update", "&&", "apt-get", "install", "gcc", "&&", "true");
    }

    [Fact]
    public void Flags_stand_apart_from_the_words()
    {
        var run = Parse("""
            FROM a
            RUN --mount=type=cache,target=/c --network=host pip install --no-cache-dir x
            """).Stages[0].Instructions[0];

        run.Flags.Should().Equal("--mount=type=cache,target=/c", "--network=host");
        run.Text.Should().Be("pip install --no-cache-dir x");
        run.HasCacheMount.Should().BeTrue();
        run.Flag("network").Should().Be("host");
    }

    [Fact]
    public void Build_arguments_have_their_defaults_unless_they_are_given()
    {
        const string text = """
            ARG VERSION=3.14
            ARG VARIANT="slim"
            FROM python:${VERSION}-$VARIANT AS base
            FROM ${OTHER:-base} AS last
            FROM ${UNKNOWN}
            """;

        Parse(text).Stages.Select(stage => stage.Base).Should().Equal("python:3.14-slim", "base", "${UNKNOWN}");
        DockerfileParser
            .Parse("Dockerfile", text, new Dictionary<string, string> { ["VERSION"] = "3.13" })
            .Stages[0]
            .Base.Should()
            .Be("python:3.13-slim");
    }

    [Fact]
    public void A_heredoc_belongs_to_its_instruction()
    {
        var file = Parse("""
            FROM a
            RUN <<EOF
            FROM nothing
            # no comment
            EOF
            COPY <<-"END" /x
            	USER root
            	END
            USER app
            """);

        file.Stages.Should().ContainSingle();
        file.Stages[0].Instructions.Select(instruction => instruction.Keyword).Should().Equal("RUN", "COPY", "USER");
        file.Stages[0].Instructions[0].Text.Should().Contain("FROM nothing").And.Contain("# no comment");
    }

    [Fact]
    public void Another_escape_is_understood()
        => Parse("# escape=`\nFROM a\nRUN one `\n two\n").Stages[0].Instructions[0].Words.Should().Equal("one", "two");

    [Fact]
    public void A_shift_in_a_shell_is_no_heredoc()
        => Parse("FROM a\nRUN cat <<<word\nUSER app\n").Stages[0].Instructions.Should().HaveCount(2);

    [Fact]
    public void A_stage_knows_what_it_is_made_of()
    {
        var file = Parse("""
            FROM one AS tools
            FROM two AS unused
            FROM three AS base
            FROM base AS builder
            FROM base
            COPY --from=builder /x /x
            COPY --from=tools /y /y
            COPY --from=registry/image:1.0 /z /z
            """);
        var final = file.Final(null)!;

        file.Line(final).Select(stage => stage.Base).Should().Equal("three", "base");
        file.Needed(final).Select(stage => stage.Name).Should().Equal("tools", "base", "builder", null);
        file.Final("builder")!.Base.Should().Be("base");
        file.Final("1")!.Name.Should().Be("unused");
        file.Final("nobody").Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("RUN before any stage")]
    public void What_has_no_stage_has_none(string text) => Parse(text).Stages.Should().BeEmpty();

    private static Dockerfile Parse(string text) => DockerfileParser.Parse("Dockerfile", text, ImmutableDictionary<string, string>.Empty);
}
