namespace Infra.Operations.ComposeInput.Import.Outcomes;

/// <summary>What became of a key of a Compose file.</summary>
public enum OutcomeKind
{
    /// <summary>It says the same in the settings, or the stack does it of its own accord.</summary>
    Carried,

    /// <summary>It runs better than before: what it was and what it is are told.</summary>
    Improved,

    /// <summary>It is not in the settings: why, and what to do.</summary>
    NotCarried,

    /// <summary>The settings say something, and a person has to say whether that is right.</summary>
    Decision,
}

/// <summary>What became of one key.</summary>
/// <param name="Kind">What.</param>
/// <param name="Place">Where it stands: <c>services.web</c>; empty at the top of the file.</param>
/// <param name="Key">Its path there, as Compose's canonical form has it: <c>ports[0].published</c>.</param>
/// <param name="Was">What it was, where that is told.</param>
/// <param name="Is">What it is in the settings; why it is not there, or what is open.</param>
/// <param name="Then">What to do about it; empty where there is nothing to do.</param>
public sealed record KeyOutcome(OutcomeKind Kind, string Place, string Key, string Was, string Is, string Then = "");
