using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Recognition;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput;

/// <summary>What each service of a Compose file is, held against what a careful reader says.</summary>
public sealed class RecognizerTests
{
    [ComposeFact]
    public async Task Each_service_of_the_corpus_is_what_a_reader_takes_it_for()
    {
        var wrong = new List<string>();
        foreach (var name in CorpusCase.Names)
        {
            var example = CorpusCase.Load(name);
            var application = await example.ReadAsync();
            var recognizer = new Recognizer(application);
            wrong.AddRange(application.Services.SelectMany(service => Wrong(example, service, recognizer.Recognize(service))));
        }

        string.Join('\n', wrong).Should().BeEmpty();
    }

    private static IEnumerable<string> Wrong(CorpusCase example, ComposeService service, Recognized known)
    {
        var kind = known.Role == ServiceRole.Proxy ? "proxy" : known.Kind;
        var said = example.Truth.Kinds.GetValueOrDefault(service.Name, "nothing");
        var also = example.Truth.Also.GetValueOrDefault(service.Name, []);
        if (kind != said && !also.Contains(kind)) yield return $"{example.Name} {service.Name}: {kind}, and it is {said}";
    }
}
