using System.Diagnostics.CodeAnalysis;
using Godot.Common;

namespace Godot.Runtime;

/// <summary>One attempt after the other to send to an output, each within its time; and what to do with what will not be sent.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing that must be freed.")]
sealed class OutputSender(OutputRecipe recipe, OutputContext context, OutputReport report)
{
    readonly IOutput output = Open(recipe, context);

    // Cancelled when the time to stop is over.
    readonly CancellationTokenSource cut = new();

    static IOutput Open(OutputRecipe recipe, OutputContext context) => recipe.Open(context) is var output
        && (output is IMessageOutput || !recipe.IsDurable) ? output
        : throw new ArgumentException($"What {recipe.Name} is to send is kept (IsDurable), so it must open an IMessageOutput.");

    /// <summary>Tries once. Returns how many were sent, from the first on, and what was thrown if that is not all of them.</summary>
    public async Task<(int Sent, Exception? Failure)> TryAsync(List<Notification> due)
    {
        try
        {
            await InTimeAsync(stop => output.SendAsync(due, stop)).ConfigureAwait(false);
            return (due.Count, null);
        }
        // An OperationCanceledException too: what the output itself gave up is tried again.
        catch (Exception e)
        {
            report.CountFailure(e);
            return (e is PartlySentException partly ? Math.Clamp(partly.Sent, 0, due.Count) : 0, e);
        }
    }

    /// <summary>Puts a message together.</summary>
    public byte[] Compose(IReadOnlyList<Notification> notifications, string id) =>
        ((IMessageOutput)output).Compose(notifications, id).Content;

    /// <summary>Tries once to deliver a message. Returns what was thrown.</summary>
    public async Task<Exception?> TryAsync(OutgoingMessage message)
    {
        try
        {
            await InTimeAsync(stop => ((IMessageOutput)output).DeliverAsync(message, stop)).ConfigureAwait(false);
            return null;
        }
        // As above.
        catch (Exception e)
        {
            report.CountFailure(e);
            return e;
        }
    }

    /// <summary>These will not be sent: the output may save them. False if it did not, and they are lost.</summary>
    /// <param name="kept">Where they are all the same; null: nowhere.</param>
    public bool Abandon(IReadOnlyList<Notification> lost, string reason, string? kept)
    {
        Event first = lost[0].Events[0];
        string named = $"the first of them {first.State} {first.Service} on {first.Host}";
        string? where = null;
        bool saved = false;
        try
        {
            where = output.Abandon(lost);
            where ??= kept;
            saved = where is not null;
            where ??= $"They are lost, {named}.";
        }
        catch (Exception e)
        {
            string why = Thrown.MessageOf(e);
            saved = kept is not null;
            where = kept ?? $"They could not be saved either and are lost, {named}: {why}";
            if (reason == why) reason = "";
        }
        report.SayAbandoned(lost.Count, where, reason);
        return saved;
    }

    /// <summary>Ends the attempt that is under way; an output that does not heed that is not waited for.</summary>
    public Task CutAsync() => cut.CancelAsync();

    /// <summary>Closes the output.</summary>
    public async ValueTask CloseAsync()
    {
        if (output is IAsyncDisposable connection) await connection.DisposeAsync().ConfigureAwait(false);
    }

    async Task InTimeAsync(Func<CancellationToken, Task> send)
    {
        if (recipe.SendTimeout == Timeout.InfiniteTimeSpan)
        {
            await send(cut.Token).ConfigureAwait(false);
            return;
        }
        using CancellationTokenSource late = new(recipe.SendTimeout, context.TimeProvider);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cut.Token, late.Token);
        try
        {
            await send(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {recipe.SendTimeout}.", e);
        }
    }
}
