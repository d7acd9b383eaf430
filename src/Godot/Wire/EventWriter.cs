using System.Buffers;

namespace Godot;

/// <summary>Writes events as JSON: host, service, state, time, description, tags, meta, metric, ttl, then the members that we don't know.</summary>
static class EventWriter
{
    public static void Write(Event e, IBufferWriter<byte> output) => throw new NotImplementedException();
    public static void Write(EventView e, IBufferWriter<byte> output) => throw new NotImplementedException();
    public static byte[] TagsText(IReadOnlyList<string>? tags) => throw new NotImplementedException();
    public static byte[] MetaText(IReadOnlyDictionary<string, MetaValue>? meta) => throw new NotImplementedException();
}
