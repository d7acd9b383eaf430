using System.Buffers;

namespace Godot;

/// <summary>
/// Writes a made or changed event member by member: what the event was given as its value says, the rest from its source as it stands there.
/// </summary>
/// <param name="e">What was given, or null if only the source counts.</param>
/// <param name="source">A look at what came, or nothing.</param>
ref struct MemberWriter(Event? e, EventView source, IBufferWriter<byte> output)
{
    readonly EventView source = source;
    readonly Parts given = e?.Given ?? Parts.None;
    readonly Parts kept = source.IsNothing ? Parts.None : source.Row.Present & ~(e?.Given ?? Parts.None);

    JsonOutput json = new(output);
    byte before = (byte)'{';

    public void All()
    {
        Text(Parts.Host, "\"host\":"u8);
        Text(Parts.Service, "\"service\":"u8);
        Text(Parts.State, "\"state\":"u8);
        Time();
        Text(Parts.Description, "\"description\":"u8);
        Tags();
        Meta();
        Metric();
        Ttl();
        Others();
        if (before == (byte)'{') json.Byte(before);
        json.Byte((byte)'}');
        json.Done();
    }

    void Text(Parts part, ReadOnlySpan<byte> name)
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

    readonly string? Given(Parts part) => part switch
    {
        Parts.Host => e!.Host,
        Parts.Service => e!.Service,
        Parts.State => e!.State,
        _ => e!.Description,
    };

    void Time()
    {
        long ticks;
        if (IsKept(Parts.Time)) ticks = source.Row.Time;
        else if (IsGiven(Parts.Time) && e!.Time is { } time) ticks = EventRules.ToTicks(time);
        else return;

        Begin("\"time\":"u8);
        json.Time(ticks);
    }

    void Tags()
    {
        if (IsKept(Parts.Tags))
        {
            Begin("\"tags\":"u8);
            json.Raw(source.Text(Parts.Tags));
        }
        else if (IsGiven(Parts.Tags) && e!.Tags is { Count: > 0 } tags)
        {
            Begin("\"tags\":"u8);
            EventWriter.Tags(ref json, tags);
        }
    }

    void Meta()
    {
        if (IsKept(Parts.Meta))
        {
            Begin("\"meta\":"u8);
            json.Raw(source.Text(Parts.Meta));
        }
        else if (IsGiven(Parts.Meta) && e!.Meta is { Count: > 0 } meta)
        {
            Begin("\"meta\":"u8);
            EventWriter.Meta(ref json, meta);
        }
    }

    void Metric()
    {
        if ((IsKept(Parts.Metric) ? source.Row.Metric : IsGiven(Parts.Metric) ? e!.Metric : null) is not { } metric) return;
        Begin("\"metric\":"u8);
        json.Number(metric);
    }

    void Ttl()
    {
        if ((IsKept(Parts.Ttl) ? source.Row.Ttl : IsGiven(Parts.Ttl) ? e!.Ttl?.Ticks : null) is not { } ticks) return;
        Begin("\"ttl\":"u8);
        json.Seconds(ticks);
    }

    void Others()
    {
        if (!IsKept(Parts.Other)) return;
        for (JsonWalk walk = new(source.Json); walk.NextMember();)
        {
            if (MemberNames.Find(walk.Name, walk.NameEscaped) != Parts.Other) continue;
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

    readonly bool IsGiven(Parts part) => (given & part) != 0;

    readonly bool IsKept(Parts part) => (kept & part) != 0;
}
