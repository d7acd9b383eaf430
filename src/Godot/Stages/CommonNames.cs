using Godot.Common;
using Godot.Events;
using Godot.Memory;

namespace Godot.Stages;

/// <summary>
/// For a stage that makes one event of several: whose they are, key by key. What stands for several hosts, or services, does not wear the
/// name of one. A stage has this where events of several series may reach a key; where each series is by itself, nobody asks.
/// </summary>
/// <param name="parts">Host, service, or both: those that events of one key need not have in common.</param>
sealed class CommonNames(FieldSet parts)
{
    struct Common
    {
        // Of the last event: part of its series' hash, if it was known; 0 otherwise. It saves looking at the texts.
        public uint Series;

        // Of the first.
        public uint Host, Service;
        public bool Any;
        public FieldSet Differ;
    }

    readonly Slab<Common> all = new();

    /// <summary>An event becomes part of what the stage will emit for this key.</summary>
    public void Add(EventView e, int key)
    {
        ref Common common = ref all[key];
        if (common.Differ == parts) return;
        uint series = (uint)e.Row.Hash;
        if (series != 0 && series == common.Series) return;
        common.Series = series;
        if ((parts & ~common.Differ & FieldSet.Host) != 0) Compare(e, FieldSet.Host, ref common.Host, ref common);
        if ((parts & ~common.Differ & FieldSet.Service) != 0) Compare(e, FieldSet.Service, ref common.Service, ref common);
        common.Any = true;
    }

    /// <summary>The event without what not all that were added have in common.</summary>
    public EventView Of(EventView e, int key) => e.Without(all[key].Differ);

    /// <summary>Begins anew.</summary>
    public void Clear(int key) => all[key] = default;

    public void FreePageOf(int key) => all.FreePageOf(key);

    public void Save(int key, StateWriter writer)
    {
        Common common = all.Peek(key);
        if (!common.Any) return;
        writer.Write((long)common.Differ);
        writer.Write((long)common.Host);
        writer.Write((long)common.Service);
    }

    public void Load(int key, StateReader reader) =>
        all[key] = new Common { Any = true, Differ = (FieldSet)reader.ReadInt64(), Host = (uint)reader.ReadInt64(),
            Service = (uint)reader.ReadInt64() };

    static void Compare(EventView e, FieldSet part, ref uint first, ref Common common)
    {
        // The same in every process: it is saved.
        uint hash = (uint)StableHash.Of(SeriesKey.Text(e, part));
        if (!common.Any) first = hash;
        else if (hash != first) common.Differ |= part;
    }
}
