namespace Infra.Model.Rules;

/// <summary>One application is one image, built once: otherwise its services can run different code.</summary>
internal static class SharedImage
{
    public static Rule Rule { get; } = new("SHARED-IMAGE", Severity.Error, "One application is one image, built once", Check);

    private static IEnumerable<Finding> Check(Topology topology)
        => [.. BuiltTwice(topology), .. OneNameForTwo(topology), .. SeveralStages(topology), .. SeveralVersions(topology)];

    private static IEnumerable<Finding> BuiltTwice(Topology topology) =>
        from same in topology.Services.Where(service => service.Image is BuiltImage).GroupBy(service => Build.From((BuiltImage)service.Image))
        let names = same.Select(service => ((BuiltImage)service.Image).Name).Distinct().ToList()
        where names.Count > 1
        select Rule.Error(same.Names(),
            $"the same image is built {names.Count} times from {same.Key.Source}, as {names.Quoted()}.",
            "Build it once, and name that image in each service.",
            "twice");

    private static IEnumerable<Finding> OneNameForTwo(Topology topology) =>
        from same in topology
            .Services.Where(service => service.Image is BuiltImage)
            .GroupBy(service => topology.Naming.Tag((BuiltImage)service.Image))
        let builds = same.Select(service => Build.From((BuiltImage)service.Image)).Distinct().Count()
        where builds > 1
        select Rule.Error(same.Names(),
            $"{builds} different builds are called '{same.Key}', so one replaces the other.",
            "Give each build a name of its own.",
            "name");

    private static IEnumerable<Finding> SeveralStages(Topology topology) =>
        from same in topology.Services.Where(service => service.IsApplication() && service.Image is BuiltImage)
            .GroupBy(service => Build.From((BuiltImage)service.Image).Source)
        let builds = same.Select(service => Build.From((BuiltImage)service.Image)).Distinct().Count()
        where builds > 1
        select Rule.Warning(same.Names(),
            $"they run {builds} images of one Dockerfile, {same.Key}, which differ in stage or arguments.",
            "Run one image with different commands.",
            "stages");

    private static IEnumerable<Finding> SeveralVersions(Topology topology) =>
        from same in topology.Services.Where(service => service.IsApplication() && service.Image is PinnedImage)
            .GroupBy(service => ((PinnedImage)service.Image).Repository)
        let versions = same.Select(service => ((PinnedImage)service.Image).Reference).Distinct().ToList()
        where versions.Count > 1
        select Rule.Error(same.Names(),
            $"they run different versions of one application: {versions.Quoted()}.",
            "Run the same version in each of them.",
            "versions");
}
