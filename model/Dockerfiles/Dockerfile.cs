using System.Collections.Immutable;

namespace Infra.Model.Dockerfiles;

/// <summary>A Dockerfile, as far as rules ask for it.</summary>
/// <param name="Path">Where it is, for messages: <c>app/Dockerfile</c>.</param>
/// <param name="Stages">Its stages, in order.</param>
public sealed record Dockerfile(string Path, ImmutableArray<Stage> Stages)
{
    /// <summary>The stage that becomes the image: the one asked for, by name or number, else the last.</summary>
    public Stage? Final(string? target) => target is null
        ? Stages.LastOrDefault()
        : Stages.FirstOrDefault(stage => string.Equals(stage.Name, target, StringComparison.OrdinalIgnoreCase))
          ?? (int.TryParse(target, out var number) ? Stages.ElementAtOrDefault(number) : null);

    /// <summary>The earlier stage that this one starts from, if it is one.</summary>
    public Stage? Parent(Stage stage) =>
        Stages.TakeWhile(other => other != stage).LastOrDefault(other => string.Equals(other.Name, stage.Base, StringComparison.OrdinalIgnoreCase));

    /// <summary>The stage and those it starts from, the first of them first.</summary>
    public ImmutableArray<Stage> Line(Stage stage) => Parent(stage) is { } parent ? [.. Line(parent), stage] : [stage];

    /// <summary>What the image runs its commands by, as far as the file says: its own ENTRYPOINT, or that of a stage it starts from.</summary>
    public Instruction? Entrypoint(Stage final) => Line(final).SelectMany(stage => stage.All("ENTRYPOINT")).LastOrDefault();

    /// <summary>What the image runs, as far as the file says. A stage's own ENTRYPOINT clears what those before it say.</summary>
    public Instruction? Command(Stage final) => Line(final).Aggregate(
        (Instruction?)null,
        (command, stage) => stage.All("CMD").LastOrDefault() ?? (stage.All("ENTRYPOINT").Any() ? null : command)
    );

    /// <summary>The stages that the image is made of: its own line, and whatever it copies from.</summary>
    public ImmutableArray<Stage> Needed(Stage final)
    {
        var needed = new List<Stage>();
        var left = new Queue<Stage>(Line(final));
        while (left.TryDequeue(out var stage))
        {
            if (needed.Contains(stage)) continue;
            needed.Add(stage);
            foreach (var source in stage.Instructions.Select(instruction => instruction.Flag("from")).OfType<string>())
                if (Final(source) is { } other)
                    foreach (var part in Line(other)) left.Enqueue(part);
        }

        return [.. Stages.Where(needed.Contains)];
    }
}
