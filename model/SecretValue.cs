using System.Text;

namespace Infra.Model;

/// <summary>
/// A secret's value on its way from where it is kept to who reads it: bytes, which are text in most cases. No service has one,
/// only the name of its secret; and nothing prints one by accident.
/// </summary>
public sealed class SecretValue(byte[] bytes) : IEquatable<SecretValue>
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[] bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The text; nothing where the bytes are none in UTF-8.</summary>
    public string? Text
    {
        get
        {
            try
            {
                return Utf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    /// <summary>The text's bytes.</summary>
    public static implicit operator SecretValue(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Dots.</summary>
    public override string ToString() => "…";

    /// <inheritdoc/>
    public bool Equals(SecretValue? other) => other is not null && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretValue);

    /// <inheritdoc/>
    public override int GetHashCode() => bytes.Length;
}
