using System.Collections.Immutable;
using Infra.Model.Dockerfiles;
using Infra.Model.Dockerfiles.Rules;

namespace Infra.Tests.Model.Dockerfiles;

public sealed class DockerfileReviewTests
{
    private const string Slim = "FROM python:3.14-slim-trixie\n";
    private const string User = "USER app\n";

    public static TheoryData<string, string> Broken =>
        new()
        {
            { Slim + "COPY . .\nRUN --mount=type=cache,target=/c pip install -r requirements.txt\n" + User, "DOCKERFILE-LAYERS app/Dockerfile:2" },
            { Slim + "ADD [\".\", \"/app\"]\nRUN --mount=type=cache,target=/c uv sync --frozen\n" + User, "DOCKERFILE-LAYERS app/Dockerfile:2" },
            { Slim + "COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n" + User, "DOCKERFILE-CACHE app/Dockerfile:3" },
            { Slim + "RUN python3 -m pip install --no-cache-dir x\n" + User, "DOCKERFILE-CACHE app/Dockerfile:2" },
            {
                Slim + "RUN apt-get update && apt-get install -y gcc libpq-dev libpq5 && rm -rf /var/lib/apt/lists/*\n" + User,
                "DOCKERFILE-STAGES app/Dockerfile:2"
            },
            { "FROM python:3.14-alpine\nRUN apk add --no-cache build-base\n" + User, "DOCKERFILE-STAGES app/Dockerfile:2" },
            {
                "FROM python:3.14-slim AS base\nRUN apt-get update && apt-get install -y g++ && rm -rf /var/lib/apt/lists/*\nFROM base\n" + User,
                "DOCKERFILE-STAGES app/Dockerfile:2"
            },
            { Slim, "DOCKERFILE-USER app/Dockerfile:1" },
            { Slim + "USER app\nRUN id\nUSER root:root\n", "DOCKERFILE-USER app/Dockerfile:4" },
            { Slim + User + "HEALTHCHECK --interval=30s CMD curl -f localhost\n", "DOCKERFILE-HEALTHCHECK app/Dockerfile:3" },
            { "FROM python:3.14.0\n" + User, "DOCKERFILE-SLIM app/Dockerfile:1" },
            { "FROM docker.io/library/python:3.14-trixie\n" + User, "DOCKERFILE-SLIM app/Dockerfile:1" },
            { "FROM python:slim\n" + User, "DOCKERFILE-PINNED app/Dockerfile:1" },
            { "FROM acme/base\n" + User, "DOCKERFILE-PINNED app/Dockerfile:1" },
            { Slim + "RUN apt-get update && apt-get install -y libpq5\n" + User, "DOCKERFILE-APT app/Dockerfile:2" },
            { Slim + "RUN rm -rf /var/lib/apt/lists/* && apt-get install -y --no-install-recommends curl || rm -rf /tmp/x\n" + User, "" },
            { Slim + User + "CMD uvicorn shop.main:app\n", "DOCKERFILE-EXEC-FORM app/Dockerfile:3" },
            { Slim + User + "ENTRYPOINT exec gunicorn\nCMD [\"x\"]\n", "DOCKERFILE-EXEC-FORM app/Dockerfile:3" },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_found_where_it_is(string text, string expected)
        => Review(text).Select(finding => $"{finding.Rule} {finding.Where}").Should().Equal(expected.Length == 0 ? [] : [expected]);

    [Fact]
    public void Every_rule_has_a_Dockerfile_that_breaks_it()
        => Broken.Select(row => ((string)row[1]).Split(' ')[0]).Where(rule => rule.Length > 0).Distinct()
            .Should().BeEquivalentTo(DockerfileReview.Rules.Select(rule => rule.Id));

    [Theory]
    [InlineData("FROM scratch\nUSER 1000\n")]
    [InlineData("FROM gcr.io/distroless/python3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nUSER nonroot\n")]
    [InlineData("FROM local/base:moving\nUSER app\n")]
    [InlineData("FROM python:3.14-slim\nUSER app\nHEALTHCHECK NONE\n")]
    [InlineData(
        "FROM python:3.14-slim AS builder\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get install gcc\n"
            + "FROM python:3.14-slim\nCOPY --from=builder /x /x\nUSER app\n"
    )]
    [InlineData(
        "FROM python:3.14-slim\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/c uv sync --no-install-project\n"
            + "COPY . .\nRUN --mount=type=cache,target=/c uv sync\nUSER app\n"
    )]
    public void What_is_right_is_left_alone(string text) => Review(text).Should().BeEmpty();

    [Fact]
    public void A_probe_in_an_image_of_one_service_is_that_services_own_business()
        => Review(Slim + User + "HEALTHCHECK CMD [\"true\"]\n", "web").Should().BeEmpty();

    [Fact]
    public void A_stage_that_is_not_built_is_not_looked_at()
        => Review("FROM python:latest AS old\nFROM python:3.14-slim\nUSER app\n").Should().BeEmpty();

    [Fact]
    public void A_finding_says_what_and_what_to_do() =>
        Review(Slim)
            .Single()
            .ToString()
            .Should()
            .Be("warning DOCKERFILE-USER app/Dockerfile:1: The image runs as root. Make a user in it, and name that user in a USER instruction.");

    private static ImmutableArray<Infra.Model.Finding> Review(string text, params string[] services)
    {
        var file = DockerfileParser.Parse("app/Dockerfile", text, ImmutableDictionary<string, string>.Empty);
        return DockerfileReview.Review(
            new DockerfileUse(file, file.Final(null)!, services.Length == 0 ? ["web", "worker"] : [.. services], "local/base:moving")
        );
    }
}
