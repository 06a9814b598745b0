namespace Pulumi.Docker;

/// <summary>Says which type of the Docker provider a class stands for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DockerResourceTypeAttribute(string type) : ResourceTypeAttribute(type, PackageVersion.Value);
