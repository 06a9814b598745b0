namespace Infra.Healing;

/// <summary>The unit by which systemd keeps <c>heal</c> running.</summary>
public static class SystemdUnit
{
    public static string Of(string root, string stack, string user, string? home) => $"""
        # /etc/systemd/system/infra-heal-{stack}.service; then: systemctl daemon-reload && systemctl enable --now infra-heal-{stack}
        [Unit]
        Description=Restarts what is unhealthy of the stack {stack} in {root}
        After=docker.service
        Wants=docker.service

        [Service]
        User={user}
        WorkingDirectory={root}
        {(home is null ? "" : $"Environment=HOME={home}\n")}ExecStart={root}/infra.sh heal {stack}
        Restart=always
        RestartSec=5
        KillSignal=SIGINT
        NoNewPrivileges=true
        ProtectSystem=full

        [Install]
        WantedBy=multi-user.target

        """;
}
