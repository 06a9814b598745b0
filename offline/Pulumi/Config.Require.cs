using System.Text.Json;

namespace Pulumi;

public sealed partial class Config
{
    public string Require(string key) => Need(key);

    public Output<string> RequireSecret(string key) => Output.CreateSecret(Need(key));

    public bool RequireBoolean(string key) => NeedValue<bool>(key, TryBoolean);

    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    public int RequireInt32(string key) => NeedValue<int>(key, TryInt32);

    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    public double RequireDouble(string key) => NeedValue<double>(key, TryDouble);

    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    public T RequireObject<T>(string key) => RequireObject<T>(key, null);

    public T RequireObject<T>(string key, JsonSerializerOptions? options) => ParseObject<T>(key, Need(key), options);

    public Output<T> RequireSecretObject<T>(string key) => RequireSecretObject<T>(key, null);

    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions? options) =>
        Output.CreateSecret(RequireObject<T>(key, options));
}
