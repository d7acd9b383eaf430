using System.Globalization;

namespace Godot;

/// <summary>
/// How the files that the process may open (RLIMIT_NOFILE) are shared: a connection each, and some for the rest of the process. When they
/// run out it is not the connection that fails but whatever comes next: the runtime loads a library, an output opens a file; and some of
/// that ends the process.
/// </summary>
/// <param name="Streams">How many TCP and unix connections there may be.</param>
/// <param name="Http">How many over HTTP.</param>
readonly record struct Descriptors(int Streams, int Http)
{
    // For libraries that are loaded later, files, outputs, what users' own code opens; and for connections between their accept and their
    // refusal.
    const int Spare = 96, SpareShare = 16, AtLeast = 4;

    /// <summary>The most files that the process may have open; <see cref="long.MaxValue"/> where the system does not tell.</summary>
    public static long Limit
    {
        get
        {
            const string Limits = "/proc/self/limits", Row = "Max open files";
            if (!File.Exists(Limits)) return long.MaxValue;
            string line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal), "");
            // A soft limit, a hard one, a unit; it may be "unlimited".
            string soft = line.Length < Row.Length ? "" : line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : long.MaxValue;
        }
    }

    /// <summary>How many files it has open.</summary>
    public static int Open => Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    /// <summary>What is wanted, or, where that does not fit, what does: at most a quarter of it for HTTP.</summary>
    /// <param name="limit">How many files may be open.</param>
    /// <param name="open">How many are.</param>
    public Descriptors Within(long limit, int open)
    {
        long room = limit - open - Math.Max(Spare, limit / SpareShare);
        if (Streams + (long)Http <= room) return this;
        int http = (int)Math.Min(Http, Math.Max(AtLeast, room / 4));
        return new((int)Math.Min(Streams, Math.Max(AtLeast, room - http)), http);
    }
}
