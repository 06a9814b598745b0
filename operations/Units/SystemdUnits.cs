using System.Buffers;
using System.Globalization;

namespace Infra.Operations.Units;

/// <summary>The units by which systemd runs a verb for a stack.</summary>
/// <param name="root">The project's folder.</param>
/// <param name="stack">The stack's name.</param>
/// <param name="account">Who runs it.</param>
public sealed class SystemdUnits(string root, string stack, UnitAccount account)
{
    // What systemd does not read, or reads otherwise, in the name of the program itself.
    private static readonly SearchValues<char> Refused = SearchValues.Create("\"'\\$");

    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\"'\\;$");

    /// <summary>Keeps <c>heal</c> running.</summary>
    public string Heal(params IEnumerable<string> arguments) => $"""
        # /etc/systemd/system/infra-heal-{stack}.service; then: systemctl daemon-reload && systemctl enable --now infra-heal-{stack}
        [Unit]
        Description=Restarts what is unhealthy of the stack {stack} in {Plain(root)}
        After=docker.service
        Wants=docker.service

        [Service]
        {Running("heal", arguments)}
        Restart=always
        RestartSec=5
        KillSignal=SIGINT

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>Takes a backup of everything, once; <see cref="BackupTimer"/> starts it.</summary>
    public string Backup(params IEnumerable<string> arguments) => $"""
        # /etc/systemd/system/infra-backup-{stack}.service
        [Unit]
        Description=Takes a backup of the stack {stack} in {Plain(root)}
        After=docker.service
        Requires=docker.service

        [Service]
        Type=oneshot
        {Running("backup", arguments.Append("--wait"))}

        """;

    /// <summary>Starts the backup each day at this time, in UTC, or as soon as the machine is up again.</summary>
    public string BackupTimer(TimeOnly at) => $"""
        # /etc/systemd/system/infra-backup-{stack}.timer; then: systemctl daemon-reload && systemctl enable --now infra-backup-{stack}.timer
        [Unit]
        Description=A daily backup of the stack {stack} in {Plain(root)}

        [Timer]
        OnCalendar=*-*-* {at.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC
        Persistent=true

        [Install]
        WantedBy=timers.target

        """;

    private string Running(string verb, IEnumerable<string> arguments) => string.Join('\n',
        [
            $"User={account.Name}",
            $"WorkingDirectory={Plain(root)}",
            .. account.Environment.Select(variable => $"Environment={Quoted($"{variable.Key}={variable.Value}")}"),
            $"ExecStart={string.Join(' ', new[] { Program($"{root}/infra.sh"), Word(verb), Word(stack) }.Concat(arguments.Select(Word)))}",
            "NoNewPrivileges=true",
            "ProtectSystem=full",
        ]);

    // A percent sign begins a specifier (systemd.unit(5)); a dollar sign a variable, in a command only (systemd.service(5)).
    private static string Plain(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    private static string Word(string text) => Quoted(text).Replace("$", "$$", StringComparison.Ordinal);

    private static string Quoted(string text)
    {
        var plain = Plain(text);
        return !plain.AsSpan().ContainsAny(Special)
            ? plain
            : $"\"{plain.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    // As an argument of a program that always exists it may have any letter.
    private static string Program(string path) => path.AsSpan().ContainsAny(Refused) ? $"/usr/bin/env {Word(path)}" : Quoted(path);
}
