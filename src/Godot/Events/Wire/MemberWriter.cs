using System.Buffers;

namespace Godot.Events;

/// <summary>
/// Writes a made or changed event member by member: what the event was given as its value says, the rest from its source as it stands
/// there.
/// </summary>
/// <param name="e">What was given, or null if only the source counts.</param>
/// <param name="source">A look at what came, or nothing.</param>
ref struct MemberWriter(Event? e, EventView source, IBufferWriter<byte> output)
{
    readonly EventView source = source;
    readonly FieldSet given = e?.Given ?? FieldSet.None;
    readonly FieldSet kept = source.IsNothing ? FieldSet.None : source.Row.Present & ~(e?.Given ?? FieldSet.None);

    JsonOutput json = new(output);
    byte before = (byte)'{';

    public void All()
    {
        Text(FieldSet.Host, "\"host\":"u8);
        Text(FieldSet.Service, "\"service\":"u8);
        Text(FieldSet.State, "\"state\":"u8);
        Time();
        Text(FieldSet.Description, "\"description\":"u8);
        Tags();
        Meta();
        Metric();
        Ttl();
        Others();
        if (before == (byte)'{') json.Byte(before);
        json.Byte((byte)'}');
        json.Done();
    }

    void Text(FieldSet part, ReadOnlySpan<byte> name)
    {
        if (IsKept(part))
        {
            Begin(name);
            Quoted(source.Text(part));
        }
        else if (IsGiven(part) && Given(part) is { } text)
        {
            Begin(name);
            json.Text(text);
        }
    }

    readonly string? Given(FieldSet part) => part switch
    {
        FieldSet.Host => e!.Host,
        FieldSet.Service => e!.Service,
        FieldSet.State => e!.State,
        _ => e!.Description,
    };

    void Time()
    {
        long ticks;
        if (IsKept(FieldSet.Time)) ticks = source.Row.Time;
        else if (IsGiven(FieldSet.Time) && e!.Time is { } time) ticks = EventRules.ToTicks(time);
        else return;

        Begin("\"time\":"u8);
        json.Time(ticks);
    }

    void Tags()
    {
        if (IsKept(FieldSet.Tags))
        {
            Begin("\"tags\":"u8);
            json.Raw(source.Text(FieldSet.Tags));
        }
        else if (IsGiven(FieldSet.Tags) && e!.Tags is { Count: > 0 } tags)
        {
            Begin("\"tags\":"u8);
            EventWriter.Tags(ref json, tags);
        }
    }

    void Meta()
    {
        if (IsKept(FieldSet.Meta))
        {
            Begin("\"meta\":"u8);
            json.Raw(source.Text(FieldSet.Meta));
        }
        else if (IsGiven(FieldSet.Meta) && e!.Meta is { Count: > 0 } meta)
        {
            Begin("\"meta\":"u8);
            EventWriter.Meta(ref json, meta);
        }
    }

    void Metric()
    {
        if ((IsKept(FieldSet.Metric) ? source.Row.Metric : IsGiven(FieldSet.Metric) ? e!.Metric : null) is not { } metric) return;
        Begin("\"metric\":"u8);
        json.Number(metric);
    }

    void Ttl()
    {
        if ((IsKept(FieldSet.Ttl) ? source.Row.Ttl : IsGiven(FieldSet.Ttl) ? e!.Ttl?.Ticks : null) is not { } ticks) return;
        Begin("\"ttl\":"u8);
        json.Seconds(ticks);
    }

    void Others()
    {
        if (!IsKept(FieldSet.Other)) return;
        for (JsonWalk walk = new(source.Json); walk.NextMember();)
        {
            if (MemberNames.Find(walk.Name, walk.NameEscaped) != FieldSet.Other) continue;
            Begin([]);
            Quoted(walk.Name);
            json.Byte((byte)':');
            json.Raw(walk.Value);
        }
    }

    void Begin(ReadOnlySpan<byte> name)
    {
        json.Byte(before);
        json.Raw(name);
        before = (byte)',';
    }

    void Quoted(scoped ReadOnlySpan<byte> inside)
    {
        json.Byte((byte)'"');
        json.Raw(inside);
        json.Byte((byte)'"');
    }

    readonly bool IsGiven(FieldSet part) => (given & part) != 0;

    readonly bool IsKept(FieldSet part) => (kept & part) != 0;
}
