namespace Infra.Components.Parts;

/// <summary>The types of queues that outlive a restart.</summary>
public enum QueueType
{
    /// <summary>A file.</summary>
    Classic,

    /// <summary>A log that is replicated where there are several nodes; a message that is handed out too often leaves it.</summary>
    Quorum,
}
