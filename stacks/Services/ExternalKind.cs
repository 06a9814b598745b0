using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Services;

/// <summary>Something that runs elsewhere and is no store: an object store, a mail server, another team's API.</summary>
internal sealed class ExternalKind()
    : ServiceKind("external", "something that runs elsewhere and is no store: an object store, a mail server, an API of others")
{
    public override bool HasProbe => false;

    public override bool IsElsewhere => true;

    public override IReadOnlyCollection<string> Attributes => ["url", "host", "port", "address", "ca"];

    internal override object Read(string service, Section section, KindContext around)
    {
        var scheme = section.Scheme("scheme", "https", "the scheme of its URL");
        var usual = scheme == "https" ? TlsMode.VerifyFull : TlsMode.Disable;
        var settings = ExternalSettings.Read(section, section.IsWritten, usual, "`verify-full` with https, else `disable`");
        if (section.IsWritten && settings.Port is null && Port(scheme) is null && !section.IsSet("port"))
            section.Report("port", $"It is not set, and '{scheme}' does not say it.", "Write the port that it answers on.");
        var external = settings.Of(service, ServiceRole.Other, new Endpoint(scheme, service, Port(scheme) ?? 0));
        return new ExternalStore(external, external, IsBackedUp: false);
    }

    private static int? Port(string scheme) => scheme switch
    {
        "https" => 443,
        "http" => 80,
        _ => null,
    };
}
