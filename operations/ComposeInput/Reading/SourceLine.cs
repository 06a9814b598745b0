namespace Infra.Operations.ComposeInput.Reading;

/// <summary>A place in a file.</summary>
/// <param name="File">Its whole path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record SourceLine(string File, int Line, int Column);
