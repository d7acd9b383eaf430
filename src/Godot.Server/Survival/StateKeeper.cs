using Godot.Common;
using Godot.Storage;
using Microsoft.Extensions.Logging;

namespace Godot.Survival;

/// <summary>
/// Keeps what an engine knows: takes up the last snapshot at the start, writes one every ten seconds, on a thread of its own, and one at
/// the stop.
/// </summary>
sealed partial class StateKeeper : IDisposable
{
    // How many times longer the processors do other things than they work for a snapshot.
    const int Rest = 20;

    // More lines than a start should have.
    const int MostCarried = 20, MostLeftOut = 50, MostFolders = 5;

    readonly Engine engine;
    readonly DataFolder folder;
    readonly SnapshotFiles files;
    readonly string program;
    readonly TimeSpan usually;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly OncePerMinute warning;
    readonly ITimer timer;
    readonly CancellationTokenSource ending = new();
    readonly CancellationToken ended;
    Thread? thread;

    // Under the gate, which whoever waits for it is woken with.
    readonly object gate = new();
    bool due;

    // Written by one thread at a time, read by metrics.
    long written, failures, bytes, lastMoment;
    bool failing;

    /// <param name="engine">Whose state it is.</param>
    /// <param name="folder">Where to keep it.</param>
    /// <param name="program">Who keeps it.</param>
    /// <param name="usually">How often, unless that were too much work: what a crash loses at most, but for writing itself.</param>
    /// <param name="log">Where to say what was done.</param>
    public StateKeeper(Engine engine, DataFolder folder, string program, TimeSpan usually, ILogger log)
    {
        (this.engine, this.folder, this.program, this.usually, this.log) = (engine, folder, program, usually, log);
        files = new SnapshotFiles(folder.Path, program);
        clock = engine.TimeProvider;
        warning = new OncePerMinute(clock);
        ended = ending.Token;
        timer = clock.CreateTimer(static keeper => ((StateKeeper)keeper!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Snapshots that were written; that could not be.</summary>
    public long Written => Volatile.Read(ref written);
    public long Failures => Volatile.Read(ref failures);

    /// <summary>How large the last one is.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>How old what the files say is; null if there are none yet.</summary>
    public TimeSpan? Age =>
        Volatile.Read(ref lastMoment) is var moment and not 0 ? clock.GetUtcNow() - new DateTimeOffset(moment, TimeSpan.Zero) : null;

    /// <summary>Has the engine go on from the last snapshot that is whole. Call it before the first event.</summary>
    /// <exception cref="IOException">One that is not whole could not be set aside.</exception>
    public void TakeUp()
    {
        foreach (string path in files.Paths)
            if (TryTakeUp(path)) return;
        BeginsAnew(folder.Path);
        IReadOnlyList<string> others = files.FoldersBeside();
        if (others.Count > 0)
            StateBeside(string.Join(", ", others.Take(MostFolders)) + (others.Count > MostFolders ? ", …" : ""), folder.Path);
    }

    /// <summary>Writes snapshots from now on.</summary>
    public void Begin()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "Godot snapshots" };
        thread.Start();
        timer.Change(usually, Timeout.InfiniteTimeSpan);
    }

    /// <summary>No more, but for the last: the one that is being written is not needed.</summary>
    public void End()
    {
        Dispose();
        thread?.Join();
    }

    /// <summary>
    /// Writes the last one, after <see cref="End"/>. False if that could not be; true also if it never began: then the files say what there
    /// is to go on from.
    /// </summary>
    public bool SaveLast() => thread is null || Save(CancellationToken.None);

    /// <summary>Begins no further one, gives up the one that is being written, and waits for nobody.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (ended.IsCancellationRequested) return;
            ending.Cancel();
        }
        timer.Dispose();
        ending.Dispose();
        Wake();
    }

    void Run()
    {
        while (WaitUntilDue())
        {
            TimeSpan rest = ThreadTime.Of(clock, () => Save(ended)) * Rest / Environment.ProcessorCount;
            timer.Change(rest > usually ? rest : usually, Timeout.InfiniteTimeSpan);
        }
    }

    // False: it is time to end.
    bool WaitUntilDue()
    {
        lock (gate)
        {
            while (!due) Monitor.Wait(gate);
            due = false;
            return !ended.IsCancellationRequested;
        }
    }

    void Wake()
    {
        lock (gate)
        {
            due = true;
            Monitor.Pulse(gate);
        }
    }

    bool Save(CancellationToken cancellationToken)
    {
        DateTimeOffset moment = clock.GetUtcNow();
        try
        {
            Volatile.Write(ref bytes, files.Write(moment, stream => engine.Save(stream, cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        // A disk that is full or gone; and a user's stage says what it holds, and may throw anything. Monitoring goes on.
        catch (Exception e)
        {
            Interlocked.Increment(ref failures);
            failing = true;
            if (warning.Pass()) NotSaved(e is IOException or UnauthorizedAccessException ? null : e, folder.Path, e.Message);
            return false;
        }
        Interlocked.Increment(ref written);
        Volatile.Write(ref lastMoment, moment.UtcTicks);
        if (failing) SavedAgain(folder.Path);
        failing = false;
        return true;
    }

    bool TryTakeUp(string path)
    {
        long begun = clock.GetTimestamp();
        try
        {
            using SnapshotFile file = SnapshotFile.Open(path);
            if (file.Head.Program != program) CheckIsOurs(file);
            IReadOnlyList<CarriedState> states = engine.Load(file.Body);
            Volatile.Write(ref lastMoment, file.Head.Moment.UtcTicks);
            Tell(states, file, clock.GetElapsedTime(begun));
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            SetAside(path, e.Message.TrimEnd('.'), SnapshotFiles.Discard(path));
            return false;
        }
    }

    // Programs are renamed; what they hold is known by their reactors' names.
    void CheckIsOurs(SnapshotFile file)
    {
        long body = file.Body.Position;
        if (engine.Compare(file.Body).All(state => state.LeftOut is not null))
            throw new InvalidDataException(
                $"was written by another program, \"{file.Head.Program}\", of which this one, \"{program}\", has no reactor");
        file.Body.Position = body;
        OfAnotherName(Path.GetFileName(file.Path), file.Head.Program);
    }

    void Tell(IReadOnlyList<CarriedState> states, SnapshotFile file, TimeSpan took)
    {
        CarriedState[] carried = [.. states.Where(state => state.LeftOut is null)], leftOut = [.. states.Except(carried)];
        string age = CarriedTable.Age(file.Head.Moment, clock.GetUtcNow()), keys = CarriedTable.Keys(carried.Sum(state => state.Keys));
        TakenUp(file.Path, age, keys, took.TotalSeconds);
        if (carried.Length <= MostCarried)
            foreach (CarriedState state in carried) CarriedOver(CarriedTable.Line(state));
        foreach (CarriedState state in leftOut.Take(MostLeftOut)) NotCarriedOver(CarriedTable.Line(state));
        if (leftOut.Length > MostLeftOut) MoreNotCarriedOver(leftOut.Length - MostLeftOut, folder.Path);
    }

    [LoggerMessage(LogLevel.Information, "Goes on from {Path}, {Age} old: {Keys}, in {Seconds:0.00} s")]
    partial void TakenUp(string path, string age, string keys, double seconds);

    [LoggerMessage(LogLevel.Information, "Carried over: {State}")]
    partial void CarriedOver(string state);

    [LoggerMessage(LogLevel.Warning, "Not carried over: {State}")]
    partial void NotCarriedOver(string state);

    [LoggerMessage(LogLevel.Warning, "Not carried over: {Count} more; check --against {Folder} lists all, until the next snapshots")]
    partial void MoreNotCarriedOver(int count, string folder);

    [LoggerMessage(LogLevel.Information, "Begins anew: there is no snapshot in {Folder} yet; what will be known is kept there")]
    partial void BeginsAnew(string folder);

    [LoggerMessage(LogLevel.Information,
        "There is state beside it, in {Others}. If that is this program's, which was renamed, stop it and start it with --data and that "
            + "folder, or put that folder in the place of {Folder}")]
    partial void StateBeside(string others, string folder);

    [LoggerMessage(LogLevel.Error, "{Path} {Why}; it is called {Aside} now, and the one before is taken if there is one")]
    partial void SetAside(string path, string why, string aside);

    [LoggerMessage(LogLevel.Warning, "{File} was written by a program called \"{Program}\", which has reactors of the same names: it is "
        + "taken for this one, renamed")]
    partial void OfAnotherName(string file, string program);

    [LoggerMessage(LogLevel.Error, "What is known could not be saved in {Folder}: {Why}. Monitoring goes on; after a crash it would go on "
        + "from the last snapshot that is there")]
    partial void NotSaved(Exception? exception, string folder, string why);

    [LoggerMessage(LogLevel.Information, "What is known is saved in {Folder} again")]
    partial void SavedAgain(string folder);
}
