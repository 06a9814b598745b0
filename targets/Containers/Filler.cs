using Infra.Model;
using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Fills the holes of templates with the values of their secrets.</summary>
internal sealed class Filler(ISecretValues secrets)
{
    /// <summary>The text; wrapped as secret when it has a hole, since no property of the provider is secret by itself.</summary>
    public Input<string> Fill(Template template)
    {
        if (!template.HasSecrets) return template.ToString();
        var names = template.Secrets;
        var values = Output.All(names.Select(secrets.Get));
        return Output.CreateSecret(values.Apply(known => template.Render(secret => known[names.IndexOf(secret)]).Text!));
    }

    /// <summary><c>NAME=value</c> for each variable, sorted by name.</summary>
    public InputList<string> Variables(ServiceSpec spec)
        => Unset.OrList(spec.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => Fill(Template.From($"{variable.Key}={variable.Value}"))));
}
