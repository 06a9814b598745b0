namespace Infra.Tests.Support;

/// <summary>A project's root of the test's own, gone with it.</summary>
internal sealed class TemporaryRoot : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("infra-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
