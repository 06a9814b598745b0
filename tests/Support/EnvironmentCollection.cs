using System.Diagnostics.CodeAnalysis;

namespace Infra.Tests.Support;

/// <summary>Tests that set environment variables, which the whole process shares: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "It is xunit's collection, not ours.")]
public sealed class EnvironmentCollection
{
    public const string Name = "environment";
}
