using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Tests.Support;

/// <summary>Stacks of a few services, to try one step of the command line on.</summary>
internal static class SmallStack
{
    public static readonly Secret Password = new("postgres-password");

    public static readonly ServiceSpec Database = Specs.Store("postgres", ServiceRole.Database) with
    {
        Files = [new ServiceFile("settings", Template.From($"password = {Password}\n"))],
    };

    public static readonly ServiceSpec Web = Specs.Web() with { Ports = [new Port(8000, 18123)] };

    public static StackContext Of(string yaml, params ImmutableArray<ServiceSpec> services)
    {
        var source = SettingsOf.Source(Sample.Complete(yaml));
        var settings = SettingsParser.Parse(source, "shop", "dev");
        return new StackContext("dev", settings, source, ImageSource.Registry, new Topology(settings.Naming, services), [], []);
    }

    public static StackContext Dev(params ImmutableArray<ServiceSpec> services) => Of("config: {infra:environment: dev}", services);
}
