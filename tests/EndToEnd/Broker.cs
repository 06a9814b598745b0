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
}
