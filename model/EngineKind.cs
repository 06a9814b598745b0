namespace Infra.Model;

/// <summary>What brings a stack up, and may change it from then on.</summary>
public enum EngineKind
{
    /// <summary>Docker Compose.</summary>
    Compose,

    /// <summary>Pulumi's Docker provider.</summary>
    Pulumi,
}
