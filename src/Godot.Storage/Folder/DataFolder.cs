using System.Globalization;

namespace Godot.Storage;

/// <summary>
/// The folder in which a server program keeps what outlives it. One program at a time has it: this one, until it is disposed of or the
/// process ends, however that does.
/// </summary>
sealed class DataFolder : IDisposable
{
    /// <summary>What to say instead of a folder: nothing is kept.</summary>
    public const string None = "none";

    const string Lock = "lock", Holder = "pid";

    const string Otherwise = $"give this program another folder (--data DIR), or --data {None} to keep nothing";

    const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite, OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    readonly FileStream held;

    DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    /// <summary>Where it is, from the root.</summary>
    public string Path { get; }

    /// <summary>
    /// Where a program keeps its data that says nothing else: where systemd says (<c>StateDirectory=</c>), of several the first, or in
    /// <c>./data</c>, by its name.
    /// </summary>
    public static string PathOf(string program) =>
        Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':', StringSplitOptions.RemoveEmptyEntries) is [var given, ..]
            ? given : System.IO.Path.Join("data", program);

    /// <summary>Makes the folder, for its owner alone, if it is not there, and takes it for this program.</summary>
    /// <exception cref="DataFolderException">It cannot be made or written to, or another program has it.</exception>
    public static DataFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new DataFolderException($"The data folder {full} is a file; {Otherwise}.");
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
            else Directory.CreateDirectory(full, OwnersFolder);
            DataFolder folder = new(full, Open(System.IO.Path.Join(full, Lock), FileShare.None));
            folder.SayWhoHoldsIt();
            return folder;
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new DataFolderException($"Another program{HolderOf(full)} has the data folder {full}; stop that one, {Otherwise}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {full} cannot be written to ({e.Message}); let this program write there, "
                + $"{Otherwise}.", e);
        }
    }

    /// <summary>Opens the store of alerts that is in it, made if it is not there.</summary>
    /// <exception cref="DataFolderException">It cannot be read or written.</exception>
    public SqliteStore OpenStore(StoreOptions options)
    {
        try
        {
            return new SqliteStore(Path, options);
        }
        catch (StoreException e)
        {
            throw new DataFolderException(e.Message, e);
        }
    }

    /// <summary>True if there is a store of alerts in it.</summary>
    public bool HasStore => File.Exists(System.IO.Path.Join(Path, SqliteStore.FileName));

    /// <summary>Opens a file that its owner alone may read.</summary>
    public static FileStream Open(string path, FileShare share, FileMode mode = FileMode.OpenOrCreate, int buffer = 0)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = buffer };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnersFile;
        return new FileStream(path, options);
    }

    /// <summary>Lets another program have it.</summary>
    public void Dispose() => held.Dispose();

    // In a file of its own: nobody may even read the one that is locked.
    void SayWhoHoldsIt()
    {
        try
        {
            using StreamWriter pid = new(Open(System.IO.Path.Join(Path, Holder), FileShare.Read, FileMode.Create));
            pid.Write(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The disk is full. That is said when something is to be kept; here a message would have lacked a number.
        }
    }

    static string HolderOf(string folder)
    {
        try
        {
            return int.TryParse(File.ReadAllText(System.IO.Path.Join(folder, Holder)), CultureInfo.InvariantCulture, out int pid)
                ? $" (process {pid})" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and a sharing violation.
    static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
