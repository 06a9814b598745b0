using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>Writes RabbitMQ's rabbitmq.conf.</summary>
internal static class RabbitMqConfiguration
{
    /// <summary>The file; what is given besides comes last, in place of a line of the same key.</summary>
    public static string Write(PinnedImage image, Size memory, TimeSpan consumerTimeout, ImmutableSortedDictionary<string, string> further)
    {
        var lines = new List<string>();
        Add("vm_memory_high_watermark.absolute", FormattableString.Invariant($"{memory.Bytes * 6 / 10}"));
        Add("consumer_timeout", FormattableString.Invariant($"{(long)consumerTimeout.TotalMilliseconds}"));
        Add("disk_free_limit.absolute", "256MB");
        // Celery declares transient queues of its own, which RabbitMQ refuses from 4.3 on where nothing permits them: its worker never gets ready.
        if (KnowsDeprecatedFeatures(image)) Add("deprecated_features.permit.transient_nonexcl_queues", "true");
        foreach (var (key, value) in further) lines.Add($"{key} = {value}\n");
        return string.Concat(lines);

        void Add(string key, string value)
        {
            if (!further.ContainsKey(key)) lines.Add($"{key} = {value}\n");
        }
    }

    // Since 3.13; a server before does not start with a key that it does not know. A tag without a version is taken for a current one.
    private static bool KnowsDeprecatedFeatures(PinnedImage image) =>
        image.Tag?.Split('-')[0].Split('.') is not [var major, var minor, ..]
        || !int.TryParse(major, CultureInfo.InvariantCulture, out var first)
        || !int.TryParse(minor, CultureInfo.InvariantCulture, out var second)
        || (first, second).CompareTo((3, 13)) >= 0;
}
