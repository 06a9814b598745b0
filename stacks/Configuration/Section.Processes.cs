using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <content>As whom a container's processes run, with what rights, and what ends them.</content>
internal sealed partial class Section
{
    // As engines know them; SIGRTMIN and SIGRTMAX with a distance, too.
    private static readonly FrozenSet<string> Signals = new[]
    {
        "ABRT", "ALRM", "BUS", "CHLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV",
        "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    }.Select(name => "SIG" + name).ToFrozenSet(StringComparer.Ordinal);

    // Linux' own, of which engines take no other, and all of them.
    private static readonly string[] CapabilityNames =
    [
        "ALL", "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH",
        "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
        "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT",
        "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "SYSLOG", "WAKE_ALARM",
    ];

    /// <summary>A user and a group, by names or numbers.</summary>
    public string? User(string key, string sentence, string usually)
    {
        var text = Text(key, sentence, usually);
        if (text is null || (UserText().IsMatch(text) && text.Split(':').All(IsId))) return text;
        Report(key, $"'{text}' is not a user.", "Write a name or a number up to 2147483647, and the group behind a colon: 1000, app, unit:root.");
        return null;
    }

    private static bool IsId(string text)
        => !text.All(char.IsAsciiDigit) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>A signal by its name or number.</summary>
    public string? Signal(string key, string sentence, string usually)
    {
        var text = Text(key, sentence, usually);
        if (text is null || Signals.Contains(text) || OtherSignal().IsMatch(text)) return text;
        Report(key, $"'{text}' is not a signal.{Nearest.Hint(text, Signals)}", "Write its name: SIGTERM, SIGINT, SIGQUIT.");
        return null;
    }

    /// <summary>Linux capabilities without <c>CAP_</c>.</summary>
    public ImmutableArray<string>? Capabilities(string key, string sentence, string usually)
    {
        Declare(key, SettingKinds.List, usually, sentence, StackKinds.All);
        if (!IsSet(key)) { known.Add(key); return null; }
        var names = RawList(key, []);
        foreach (var name in names.Where(name => !CapabilityNames.Contains(name)))
            Report(
                key,
                $"'{name}' is not a capability.{Nearest.Hint(name, CapabilityNames)}",
                "Write names as Linux has them, in capitals and without CAP_: CHOWN, NET_BIND_SERVICE."
            );
        return [.. names.Where(CapabilityNames.Contains).Distinct()];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?\z")]
    private static partial Regex UserText();

    // The real-time ones, and numbers up to 64.
    [GeneratedRegex(@"\A(SIGRTMIN(\+([1-9]|1[0-5]))?|SIGRTMAX(-([1-9]|1[0-4]))?|[1-9]|[1-5][0-9]|6[0-4])\z")]
    private static partial Regex OtherSignal();
}
