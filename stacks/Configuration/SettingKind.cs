using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>What the value of a setting may be.</summary>
/// <param name="Name">A word or two for a table: <c>size</c>, <c>1 to 65535</c>.</param>
/// <param name="Words">The same as an error says it: <c>a size with its unit, up to 262144GiB, such as 512MiB</c>.</param>
/// <param name="Schema">Makes the JSON Schema of a value. A key without a value counts as not set, and is taken besides.</param>
public sealed record SettingKind(string Name, string Words, Func<JsonObject> Schema);
