namespace Infra.Operations.Setup;

/// <summary>One command of the installation, and what it is for.</summary>
public sealed record SetupStep(string What, string Command);
