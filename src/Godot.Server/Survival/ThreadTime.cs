using System.Runtime.InteropServices;

namespace Godot.Survival;

/// <summary>How long the processor has worked for the thread that asks, for which .NET has no call.</summary>
static class ThreadTime
{
    const int OnLinux = 3, OnMac = 16;

    struct Timespec
    {
        public nint Seconds, Nanoseconds;
    }

    /// <summary>Runs something and says how long the processor worked for it; where that cannot be told, how long it took.</summary>
    public static TimeSpan Of(TimeProvider clock, Action work)
    {
        long begun = clock.GetTimestamp();
        TimeSpan? before = Used();
        work();
        return Used() - before ?? clock.GetElapsedTime(begun);
    }

    static TimeSpan? Used()
    {
        int which = OperatingSystem.IsLinux() ? OnLinux : OperatingSystem.IsMacOS() ? OnMac : -1;
        return which >= 0 && GetTime(which, out Timespec time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000) : null;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int GetTime(int clock, out Timespec time);
}
