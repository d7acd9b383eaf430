using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Godot.Cli.Tests;

public class PipeOutputTests
{
    const int NonBlocking = 0x800;

    [Fact]
    public async Task A_pipe_that_does_not_wait_for_its_slow_reader_is_given_everything()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What asks for such a pipe is Linux's.");
        int[] ends = new int[2];
        Assert.Equal(0, Pipe(ends, NonBlocking));
        byte[] written = new byte[1_000_000];
        new Random(1).NextBytes(written);
        Task write = Task.Run(() =>
        {
            using SafeFileHandle end = new(ends[1], ownsHandle: true);
            new PipeOutput(end).Write(written);
        }, TestContext.Current.CancellationToken);

        using FileStream reader = new(new SafeFileHandle(ends[0], ownsHandle: true), FileAccess.Read, bufferSize: 0);
        using MemoryStream read = new();
        byte[] part = new byte[100_000];
        while (true)
        {
            try
            {
                int count = reader.Read(part);
                if (count == 0) break;
                read.Write(part, 0, count);
            }
            // Nothing is there yet.
            catch (IOException)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }
        await write;
        Assert.Equal(written, read.ToArray());
    }

    [DllImport("libc", EntryPoint = "pipe2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Pipe([Out] int[] ends, int flags);
}
