using System.Text.Json;

namespace Pulumi;

public sealed partial class Config
{
    public string? Get(string key) => Find(key);

    public Output<string>? GetSecret(string key) => Find(key) is { } text ? Output.CreateSecret(text) : null;

    public bool? GetBoolean(string key) => FindValue<bool>(key, TryBoolean);

    public Output<bool>? GetSecretBoolean(string key) => FindSecretValue<bool>(key, TryBoolean);

    public int? GetInt32(string key) => FindValue<int>(key, TryInt32);

    public Output<int>? GetSecretInt32(string key) => FindSecretValue<int>(key, TryInt32);

    public double? GetDouble(string key) => FindValue<double>(key, TryDouble);

    public Output<double>? GetSecretDouble(string key) => FindSecretValue<double>(key, TryDouble);

    public T? GetObject<T>(string key) => GetObject<T>(key, null);

    public T? GetObject<T>(string key, JsonSerializerOptions? options) =>
        Find(key) is { } text ? ParseObject<T>(key, text, options) : default;

    public Output<T>? GetSecretObject<T>(string key) => GetSecretObject<T>(key, null);

    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions? options) =>
        Find(key) is { } text ? Output.CreateSecret(ParseObject<T>(key, text, options)) : null;
}
