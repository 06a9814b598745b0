using System.Collections.Immutable;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;

namespace Infra.Stacks;

/// <summary>Understands a stack's settings, or says everything that is wrong with them.</summary>
public static class SettingsParser
{
    /// <summary>The settings of a stack.</summary>
    /// <exception cref="SettingsException">Any of them is unknown, missing or of the wrong kind.</exception>
    public static Settings Parse(SettingsSource source, string project, string stack) =>
        SettingsReader.Parse(source, project, stack, ServiceKinds.All);

    /// <summary>Every setting that there is, with the defaults of such a stack.</summary>
    public static ImmutableArray<Setting> Declared(EnvironmentKind environment) => SettingsReader.Declared(environment, ServiceKinds.All);
}
