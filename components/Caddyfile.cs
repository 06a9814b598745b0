using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components;

/// <summary>Writes the proxy's configuration, for Caddy 2.6 and later.</summary>
internal static class Caddyfile
{
    /// <summary>Where it answers its own probe, on loopback alone.</summary>
    public const string HealthAddress = "http://127.0.0.1:8081/";

    /// <summary>
    /// The folder of a file whose name is a container's; Caddy looks it up with each request.
    /// A reload would drop connections that are being made.
    /// </summary>
    public const string Switch = "/tmp/only";

    private const string LengthComment =
        "A length that is told is refused at once, and counted where it is not: Caddy 2.6 calls that a failure of the upstream.";

    /// <summary>How long a request may go on after the proxy was told to stop.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The command that has the next request go to one container alone.</summary>
    public static ImmutableArray<string> PinTo { get; } =
    [
        "sh", "-c",
        // The new one is there before the old one goes: a request in between finds one of them.
        $"mkdir -p {Switch} && : >\"{Switch}/$1\" && for old in {Switch}/*; do [ \"$old\" = \"{Switch}/$1\" ] || rm -f \"$old\"; done",
        "--", Route.Container,
    ];

    /// <summary>The command that has the next request go to whatever answers to the service's name.</summary>
    public static ImmutableArray<string> Release { get; } = ["rm", "-rf", Switch];

    /// <summary>The file.</summary>
    public static string Write(ProxyArgs args) => $$"""
        {
        	# Nothing reloads it: which container it uses is a file. With the interface, who breaks in would write a configuration.
        	admin off
        	http_port {{Proxy.HttpPort}}
        	https_port {{Proxy.HttpsPort}}{{(args.Email is null ? "" : $"\n\temail {args.Email}")}}
        	skip_install_trust
        	grace_period {{(int)Grace.TotalSeconds}}s
        	servers {
        		protocols h1 h2
        		# A request that was led here under one name and asks for another gets 421: Caddy would answer 200, with nothing in it.
        		strict_sni_host on
        		timeouts {
        			read_header 10s
        			read_body {{Patience(args.MaxBody)}}s
        			idle 2m
        		}
        	}
        }

        (bounds) {
        	# A container that cannot be dialled has not seen the request: another one may.
        	lb_try_duration 10s
        	lb_try_interval 100ms
        	transport http {
        		dial_timeout 2s
        		# A connection kept open breaks under its next request when the container behind it stops.
        		keepalive off
        	}
        }

        {{HealthAddress.TrimEnd('/')}} {
        	bind 127.0.0.1
        	respond 200
        }

        # Under another name nobody is here.
        http:// {
        	header -Server
        	respond 404
        }

        http://{{args.Domain}} {
        	header -Server
        	redir https://{{args.Domain}}{{(args.PublishedHttps == 443 ? "" : FormattableString.Invariant($":{args.PublishedHttps}"))}}{uri} 308
        }

        https://{{args.Domain}} {
        {{(args.IsLocal ? "\ttls internal\n" : "")}}	encode zstd gzip
        	header {
        {{(args.IsLocal ? "" : "\t\tStrict-Transport-Security max-age=31536000\n")}}		X-Content-Type-Options nosniff
        		?X-Frame-Options SAMEORIGIN
        		?Referrer-Policy strict-origin-when-cross-origin
        		-Server
        		-Via
        	}
        {{Hidden(args.Hidden)}}	# {{LengthComment}}
        	@large expression `{http.request.header.Content-Length} != "" && int({http.request.header.Content-Length}) > {{args.MaxBody.Bytes}}`
        	respond @large 413
        	request_body {
        		max_size {{args.MaxBody.Bytes}}
        	}
        	# One container alone, while another takes its place.
        	@only file {
        		root {{Switch}}
        		try_files /*
        	}
        	route @only {
        		map {http.matchers.file.relative} {only} {
        			~^/*(.+)$ "${1}"
        		}
        		reverse_proxy {
        			to {only}:{{PortOf(args.Upstream)}}
        			import bounds
        		}
        	}
        	# Every container of the service, as the engine's name server tells them.
        	reverse_proxy {
        		dynamic a {{args.Upstream.Name}} {{PortOf(args.Upstream)}} {
        			refresh 1s
        		}
        		import bounds
        	}
        }

        """;

    private static string Hidden(ImmutableArray<string> paths) => paths.IsEmpty ? "" : $$"""
        	@hidden path {{string.Join(' ', paths.SelectMany(path => new[] { path, path + "/*" }))}}
        	respond @hidden 404

        """;

    // As slow as 10 MiB in a minute, and never less than that.
    private static long Patience(Size body) => Math.Max(60, body.WholeMiB * 6L);

    private static int PortOf(ServiceSpec upstream) => upstream.Endpoint is { } endpoint
        ? endpoint.Port
        : throw new ArgumentException($"'{upstream.Name}' offers no address, so no proxy can lead to it.");
}
