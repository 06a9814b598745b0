using Infra.Model;

namespace Infra.Tests.Support;

/// <summary>What the engine may bound a service by.</summary>
internal sealed record Limits(Size? Memory, Size? Reserved, Cpu? Cpus, int? Pids);

/// <summary>Reads from a spec what tests compare.</summary>
internal static class SpecReading
{
    public static Limits Limits(this ServiceSpec spec) => new(spec.Memory, spec.ReservedMemory, spec.Cpus, spec.Pids);

    public static string[] NetworkNames(this ServiceSpec spec) => [.. spec.Networks.Select(attachment => attachment.Network.Name)];

    public static string[] SecretFiles(this ServiceSpec spec) => [.. spec.Files.Where(file => file.IsSecret).Select(file => file.Path)];

    public static string Text(this ServiceSpec spec, string file) => spec.Files.Single(each => each.Name == file).Content.ToString();

    public static string? Variable(this ServiceSpec spec, string name) => spec.Environment.TryGetValue(name, out var value) ? value.ToString() : null;
}
