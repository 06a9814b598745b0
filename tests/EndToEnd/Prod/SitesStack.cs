using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Tests on a proxy with several sites: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SitesCollection : ICollectionFixture<SitesStack>
{
    public const string Name = "end to end, sites";
}

/// <summary>A small application behind two names, with files of its own, brought up from nothing once.</summary>
public sealed class SitesStack : IAsyncLifetime
{
    public const string Password = "p@ss w$rd\"";

    private const string Dockerfile = """
        ARG BASE=infra-debian/app-base:trixie
        FROM ${BASE}
        USER root
        RUN apt-get update && apt-get install -y --no-install-recommends python3-websockets && rm -rf /var/lib/apt/lists/*
        COPY . .
        USER app

        """;

    private const string Application = """
        import hashlib, os
        from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect

        app = FastAPI()
        RELEASE = os.environ["RELEASE"]

        @app.get("/ready")
        def ready(): return {}

        @app.post("/upload")
        async def upload(request: Request):
            digest, size = hashlib.sha256(), 0
            async for part in request.stream():
                digest.update(part)
                size += len(part)
            return {"size": size, "sha256": digest.hexdigest()}

        @app.websocket("/talk")
        async def talk(socket: WebSocket):
            await socket.accept()
            try:
                while True: await socket.send_text(RELEASE + ": " + await socket.receive_text())
            except WebSocketDisconnect:
                pass

        @app.get("/{path:path}")
        def anything(path: str, request: Request):
            return {"release": RELEASE, "path": "/" + path, "scheme": request.url.scheme, "host": request.headers["host"]}

        """;

    private Project? project;

    internal Project Project => project ?? throw new InvalidOperationException(Engine.Problem);

    internal CommandResult FirstUp { get; private set; } = new(-1, "", "");

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        if (Engine.Problem is { } problem) throw new InvalidOperationException($"CI is set, so an engine is required. {problem}");
        await Project.SweepAsync();
        project = Project.Make("prod");
        Directory.Delete(project.PathOf("app"), recursive: true);
        Directory.CreateDirectory(project.PathOf("app", "static"));
        await File.WriteAllTextAsync(project.PathOf("app", "debian.Dockerfile"), Dockerfile);
        await File.WriteAllTextAsync(project.PathOf("app", "main.py"), Application);
        await File.WriteAllTextAsync(project.PathOf("Pulumi.prod.yaml"), Settings(project));
        Directory.CreateDirectory(project.PathOf(".secrets", "prod"));
        foreach (var site in new[] { "a", "b" }) await CertifyAsync(site, $"{site}.localhost", $"www.{site}.localhost");
        await File.WriteAllTextAsync(project.PathOf(".secrets", "prod", "ops-password"), Password);
        await ReleaseAsync("one");
        FirstUp = await project.InfraAsync("up", "prod", "--images", "debian");
    }

    public async Task DisposeAsync()
    {
        if (project is not null) await project.DisposeAsync();
    }

    /// <summary>Writes another version of the application, which has another file among its static ones.</summary>
    internal async Task ReleaseAsync(string name)
    {
        foreach (var old in Directory.EnumerateFiles(Project.PathOf("app", "static"))) File.Delete(old);
        await File.WriteAllTextAsync(Project.PathOf("app", "static", $"{name}.js"), string.Concat(Enumerable.Repeat($"// {name}\n", 1000)));
        Project.Set("services", "web.environment.RELEASE", name);
    }

    /// <summary>A client that looks no name up: every site is on this machine.</summary>
    internal SiteClient Client() => new(Project.WebPort);

    private async Task CertifyAsync(string file, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(Project.PathOf(".secrets", "prod", $"{file}-crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Project.PathOf(".secrets", "prod", $"{file}-key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Settings(Project project) => FormattableString.Invariant(
        $$"""
        config:
          infra:environment: prod
          infra:monitoring: { enabled: false }
          infra:app:
            context: app
            volumes: { media: /app/media }
          infra:services:
            web:
              command: uvicorn main:app --host 0.0.0.0 --port 8000
              metrics: ""
              memory: 1GiB
          infra:proxy:
            httpPort: {{project.RedirectPort}}
            httpsPort: {{project.WebPort}}
            accessLog: true
            sites:
              a.localhost:
                aliases: [www.a.localhost]
                certificate: { certificate: "{secrets.a-crt}", key: "{secrets.a-key}" }
                routes:
                  /: web
                  /api: { service: web, strip: true, maxBody: 210MiB }
                  /media: { files: media, cacheSeconds: 3600 }
                  /static: { files: /app/static, of: web, cacheSeconds: 31536000 }
                  /old: { redirect: /new }
              b.localhost:
                certificate: { certificate: "{secrets.b-crt}", key: "{secrets.b-key}" }
                basicAuth: { ops: "{secrets.ops-password}" }
                hidden: [/secret]
                routes: { /: web }

        """);
}

/// <summary>Connects to a port of this machine, whatever the name, and notes whose certificate it was shown.</summary>
internal sealed class SiteClient : IDisposable
{
    public SiteClient(int port)
    {
        Handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new()
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    Subject = certificate?.Subject ?? "";
                    return Subject.Length > 0;
                },
            },
        };
        Http = new HttpClient(Handler) { Timeout = TimeSpan.FromMinutes(2) };
    }

    public SocketsHttpHandler Handler { get; }

    public HttpClient Http { get; }

    public string Subject { get; private set; } = "";

    public void Dispose() => Http.Dispose();
}
