using System.Collections.Immutable;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Services;

/// <summary>What Celery's own commands need to know, and a command of one's own says for itself.</summary>
internal static class CeleryKeys
{
    /// <summary>Notes keys beside a command that would change nothing, and a command that nobody can write.</summary>
    public static void Review(Section section, ImmutableArray<string> command, KindContext around, params string?[] useless)
    {
        if (command.IsEmpty && around.App.Celery is null && section.IsWritten && !section.IsSet("command"))
            section.Report(
                "command",
                "Its Celery application is not known.",
                "Set infra:app.celery to its module, such as shop.celery_app, or write a command."
            );
        if (command.IsEmpty)
            return;
        foreach (var key in useless.OfType<string>().Where(section.IsSet))
            section.Report(key, "It has a command of its own, so this would change nothing.", "Write it into the command, or drop one of the two.");
    }
}
