using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace Infra.Tests.EndToEnd;

/// <summary>The stack's RabbitMQ over AMQP.</summary>
internal static class Broker
{
    public static Task<IConnection> ConnectAsync(DevStack stack) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = stack.RabbitMqPort,
        UserName = "app",
        Password = stack.Project.Secret("rabbitmq-password"),
    }.CreateConnectionAsync();

    /// <summary>Sends a task as Celery does (its protocol, version 2); one that nobody has taken after 20 s is gone.</summary>
    /// <returns>The task's id.</returns>
    public static async Task<string> SendAsync(IChannel channel, string task, JsonArray arguments, bool ignoreResult = false)
    {
        var id = Guid.NewGuid().ToString();
        var properties = new BasicProperties
        {
            CorrelationId = id,
            ContentType = "application/json",
            ContentEncoding = "utf-8",
            Expiration = "20000",
            Headers = new Dictionary<string, object?>
            {
                ["lang"] = "py",
                ["task"] = task,
                ["id"] = id,
                ["root_id"] = id,
                ["ignore_result"] = ignoreResult,
            },
        };
        var body = new JsonArray(arguments, new JsonObject(), new JsonObject()).ToJsonString();
        await channel.BasicPublishAsync("", "shop", mandatory: false, properties, Encoding.UTF8.GetBytes(body));
        return id;
    }
}
