namespace Infra.Model.Rules;

/// <summary>Two schedulers of one application send every task twice.</summary>
internal static class OneBeat
{
    public static Rule Rule { get; } = new("ONE-BEAT", Severity.Error, "Every application has one beat", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from beats in topology.Services.Where(IsBeat).GroupBy(service => Application(service.Image))
        let containers = beats.Sum(service => service.Containers())
        where containers > 1
        let what = beats.Count() == containers ? "services" : "containers"
        let beat = beats.FirstOrDefault(service => service.Role == ServiceRole.Beat)
        select Rule.Error(beats.Names(),
            $"{containers} {what} schedule the tasks of one application, so each task is sent as many times.",
            beats.Count() == 1 ? "Take -B (--beat) from its command and add a beat, or set replicas to 1."
                : beat is null ? "Keep one: take -B (--beat) from the others."
                : $"Keep one: take -B (--beat) from the worker, or leave the beat out (infra:services.{beat.Name}.enabled: false).",
            beats.Count() == 1 ? "replicas" : "several");

    private static bool IsBeat(ServiceSpec service) =>
        service.Role == ServiceRole.Beat || CeleryCommand.Schedules(service.Entrypoint.Concat(service.Command));

    private static string Application(Image image) => image switch
    {
        PinnedImage pinned => pinned.Repository,
        BuiltImage built => Build.Folder(built.Context),
        _ => "",
    };
}
