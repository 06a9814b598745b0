namespace Infra.Model.Rules;

/// <summary>What holds data is open to nobody who has no password for it.</summary>
internal static class StoresAskForPasswords
{
    public static Rule Rule { get; } = new("STORE-PASSWORD", Severity.Warning, "Every store asks for a password", Check);

    private static IEnumerable<Finding> Check(Topology topology) => topology.Services.Where(IsOpen).Select(service =>
        Rule.Warning(
            service.Name,
            "it asks for no password, so every service on its networks can read, change and remove what is in it.",
            "Give it one (password: true), if its clients can."
        )
    );

    private static bool IsOpen(ServiceSpec service)
        => service is { Role: ServiceRole.Database or ServiceRole.Cache or ServiceRole.Broker, Endpoint: { Password: null, Scheme: "redis" } };
}
