namespace Godot.Runtime;

/// <summary>
/// What has arrived at one place, a connection or a ring, and has not gone through the engine yet. It knows since when the oldest of it
/// waits: nobody's silence can be judged by anything later (docs/decisions/0020-overload-is-no-silence.md).
/// </summary>
/// <remarks>
/// Owned by one thread at a time; <see cref="Since"/> may be read by any. A reader says when something waits, before and after it takes
/// some of it, when that has gone through the engine, and when nothing waits. No event is stamped: it is enough to know how many bytes had
/// arrived at some moment, and when they have been read.
/// </remarks>
sealed class Backlog(Backlogs all, string input) : IDisposable
{
    // All times by Backlogs.Now. When the read under way began, and up to when everything is read once that is done.
    long since, reading, readUpTo;

    // How much was ever read; and how much had ever arrived at some moment.
    long read, arrived, arrivedBy;

    /// <summary>Which input it belongs to.</summary>
    public string Input => input;

    /// <summary>Where it stands among <see cref="Backlogs"/>.</summary>
    public int Place { get; set; }

    /// <summary>Since when the oldest of it waits; 0 if nothing does.</summary>
    public long Since => Volatile.Read(ref since);

    /// <summary>Something waits; from now on, unless something did before.</summary>
    public void Arrived()
    {
        if (since == 0) Volatile.Write(ref since, all.Now);
    }

    /// <summary>Something is about to be read.</summary>
    public void Reading()
    {
        reading = all.Now;
        if (since == 0) Volatile.Write(ref since, reading);
    }

    /// <summary>It was.</summary>
    /// <param name="count">So much.</param>
    /// <param name="left">So much waits still, at least what had arrived when the read began.</param>
    public void Received(long count, long left)
    {
        read += count;
        readUpTo = left == 0 ? reading : read >= arrived ? arrivedBy : 0;
        if (left == 0 || read >= arrived) (arrived, arrivedBy) = (read + left, reading);
    }

    /// <summary>What was read has gone through the engine.</summary>
    public void Done()
    {
        all.Note(this, since);
        if (readUpTo > since) Volatile.Write(ref since, readUpTo);
    }

    /// <summary>Whatever waited was heard, or is lost: nothing waits.</summary>
    public void End()
    {
        if (since == 0) return;
        Done();
        Clear();
    }

    /// <summary>Nothing waits.</summary>
    public void Clear() => Volatile.Write(ref since, 0);

    public void Dispose() => all.Remove(this);
}
