using System.Globalization;
using System.Text;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>One replay, from its files to the sentence that says how it went.</summary>
sealed class Replay(GodotServer server, ReplayOptions options, Stream output, TextWriter error, ReplayProgress? progress = null)
{
    // Among so many events the first time is looked for.
    const int Beginning = 256;

    readonly JsonLines lines = new(server.Options.Wire);
    readonly Block block = new();

    // Events that wait until it is known where the clock begins; then the engine is there.
    readonly Block waiting = new();
    ReplayEngine? engine;

    /// <summary>Runs the events through the reactors and writes what these emit.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">The reactors cannot run as they are.</exception>
    public async Task RunAsync()
    {
        using ReplayFiles files = new(options.Files);
        while (engine is not { IsOver: true } && files.Next()) await ReadAsync(files).ConfigureAwait(false);
        if (engine is null) await StartAsync().ConfigureAwait(false);
        await engine!.EndAsync().ConfigureAwait(false);
        progress?.Hide();
        await SummariseAsync(engine).ConfigureAwait(false);
    }

    async Task ReadAsync(ReplayFiles files)
    {
        for (int count = -1; count != 0;)
        {
            // Whoever waits for more to read wants to see what there is.
            engine?.Lines.Flush();
            count = files.Read(lines.Free.Span);
            if (count == 0) lines.Complete();
            else lines.Received(count);
            while (lines.Read(block, arrival: 0))
            {
                if (engine is null) await WaitAsync().ConfigureAwait(false);
                else await engine.RunAsync(block).ConfigureAwait(false);
                if (engine is { IsOver: true }) return;
                if (engine is not null) progress?.Show(files.Position, files.Length, engine.Events, engine.Now);
            }
        }
    }

    ValueTask WaitAsync()
    {
        for (int i = 0; i < block.Count; i++) waiting.Add(block[i]);
        return waiting.Count >= Beginning || FirstTime is not null ? StartAsync() : default;
    }

    // Where no event says a time, the clock stands at the unix epoch.
    ValueTask StartAsync()
    {
        engine = new ReplayEngine(server, EventRules.ToTime(FirstTime ?? 0), options, output, error, progress);
        return engine.RunAsync(waiting);
    }

    long? FirstTime => waiting.Rows.Take(Math.Min(waiting.Count, Beginning)).Where(row => row.Has(FieldSet.Time))
        .Select(row => (long?)row.Time).FirstOrDefault();

    async Task SummariseAsync(ReplayEngine engine)
    {
        string late = engine.Late > 0 ? $", {Number(engine.Late)} of them late" : "",
            lost = engine.Lost > 0 ? $", {Number(engine.Lost)} lost in a reactor" : "",
            commands = engine.Commands > 0 ? $", {Number(engine.Commands)} of them commands" : "";
        await error.WriteLineAsync(
            $"{Number(engine.Events)} events{late}{lost}{commands}, "
            + $"the clock at {UtcText.Exact(engine.Now)}, "
            + $"{Number(engine.Lines.Count)} lines written.").ConfigureAwait(false);
        for (int reason = 0; reason < lines.Rejected.Length; reason++)
        {
            if (lines.Rejected[reason] == 0) continue;
            string sample = PlainText.Printable(Encoding.UTF8.GetString(lines.Sample((RejectReason)reason)));
            await error.WriteLineAsync($"{Number(lines.Rejected[reason])} rejected ({((RejectReason)reason).Name()}), such as: {sample}")
                .ConfigureAwait(false);
        }
        foreach (RejectReason reason in RejectReasons.OfMembers.ToArray())
        {
            if (lines.Incomplete[(int)reason] == 0) continue;
            string sample = PlainText.Printable(Encoding.UTF8.GetString(lines.IncompleteSample(reason)));
            await error.WriteLineAsync(
                $"{Number(lines.Incomplete[(int)reason])} kept without a member ({reason.Name()}), such as: {sample}")
                    .ConfigureAwait(false);
        }
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
