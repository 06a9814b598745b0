using Infra.Components.Parts;

namespace Infra.Stacks.Services;

/// <summary>Valkey.</summary>
internal sealed class ValkeyKind() : RedisFamilyKind("valkey", "Valkey, the free fork of Redis, with the same settings", Images.Valkey);
