namespace Infra.Operations.ComposeInput.Reading;

/// <summary>A place in a file.</summary>
/// <param name="File">Its whole path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record SourceLine(string File, int Line, int Column);

/// <summary>A member of a list.</summary>
/// <param name="Text">Its text; of a port's or a mount's long form what the short one would say.</param>
/// <param name="Place">Where it stands.</param>
public sealed record SourceItem(string Text, SourceLine Place);
