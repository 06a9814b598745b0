namespace Infra.Components.Parts;

/// <summary>How long a client keeps a connection to the server.</summary>
public enum PoolMode
{
    /// <summary>For a transaction: many clients share few connections, and what a session remembers is lost between two transactions.</summary>
    Transaction,

    /// <summary>Until it leaves: nothing is lost, and a client that waits keeps its connection.</summary>
    Session,

    /// <summary>For a statement: transactions of several are refused.</summary>
    Statement,
}
