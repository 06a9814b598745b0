namespace Infra.Model;

/// <summary>How a secret's value is written in the text around it, and with that what it may be.</summary>
public enum SecretForm
{
    /// <summary>As it is: one line of text.</summary>
    Line,

    /// <summary>As it is: one line of text without a blank.</summary>
    Word,

    /// <summary>As it is, where <c>%(name)s</c> is replaced with another setting: one line of text without such a place.</summary>
    Ini,

    /// <summary>Byte for byte, whatever it is.</summary>
    Bytes,

    /// <summary>Byte for byte, in a file that a shell makes a variable from: whatever a variable can carry.</summary>
    Variable,

    /// <summary>Percent-encoded, as a part of a URL.</summary>
    Url,

    /// <summary>Between double quotes, with a backslash before those inside: in JSON, YAML and redis.conf.</summary>
    Quoted,

    /// <summary>As a binary of Erlang's, <c>&lt;&lt;112,119&gt;&gt;</c>, which needs no quotes.</summary>
    ErlangBinary,
}
