using System.Collections.Immutable;

namespace Infra.Model.Dockerfiles;

/// <summary>One stage of a Dockerfile, from its FROM to the next.</summary>
/// <param name="Line">The line of its FROM.</param>
/// <param name="Base">What it starts from: an image, or an earlier stage.</param>
/// <param name="Name">What others call it, if anything.</param>
/// <param name="Instructions">What follows its FROM.</param>
public sealed record Stage(int Line, string Base, string? Name, ImmutableArray<Instruction> Instructions)
{
    /// <summary>Its instructions of that name.</summary>
    public IEnumerable<Instruction> All(string keyword) => Instructions.Where(instruction => instruction.Keyword == keyword);
}
