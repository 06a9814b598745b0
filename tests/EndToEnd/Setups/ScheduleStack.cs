using System.Text.Json.Nodes;
using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>Tests on the running application: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ScheduleCollection : ICollectionFixture<ScheduleStack>
{
    public const string Name = "end to end, schedule";
}

public sealed class ScheduleStack() : SetupStack("schedule")
{
    /// <summary>Plans a reminder for each second, or for none.</summary>
    internal Task PlanAsync(string to, bool enabled = true) => PostAsync($"/plans/{to}", new { enabled });

    /// <summary>How many reminders were sent.</summary>
    internal async Task<int> SentAsync(string to) => JsonNode.Parse(await GetAsync($"/reminders/{to}"))!["sent"]!.GetValue<int>();

    /// <summary>Waits until so many were sent, or more.</summary>
    internal Task<int> SeesSentAsync(string to, int count) => Eventually.SeesAsync(
        $"{count} reminders to {to}",
        TimeSpan.FromSeconds(20),
        () => SentAsync(to),
        seen => seen >= count,
        async () => await Project.LogsAsync("beat") + await Project.LogsAsync("worker")
    );

    // The one module that an application copies.
    internal override Task PrepareAsync(Project project)
    {
        File.Copy(
            Repository.PathOf("app", "src", "shop", "heartbeat.py"),
            project.PathOf("app", "src", "bookshop", "heartbeat.py"),
            overwrite: true
        );
        return Task.CompletedTask;
    }
}
