using System.Diagnostics;
using System.Globalization;

namespace Godot.Bench;

/// <summary>
/// A program beside this one: a server, a generator, something measured in a process of its own. It is told to end by closing its input,
/// and killed if it does not.
/// </summary>
sealed class Child : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Process process;
    readonly string name;

    Child(string name, Process process) => (this.name, this.process) = (name, process);

    public static Child Start(string program, params IEnumerable<string> args)
    {
        ProcessStartInfo start = new(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new Child(Path.GetFileName(program), Process.Start(start)!);
    }

    /// <summary>This program, playing a part.</summary>
    public static Child StartPart(params IEnumerable<string> args) => Start(Environment.ProcessPath!, args);

    /// <summary>A program that has one core and no more.</summary>
    public static Child StartOnOneCore(string program, params IEnumerable<string> args) =>
        Start("taskset", ["-c", "0", program, .. args]);

    /// <summary>Runs a program to its end, and reads what its last line says.</summary>
    public static Reading Read(string program, params IEnumerable<string> args)
    {
        using Child child = Start(program, args);
        return child.ReadLast();
    }

    /// <summary>Its next line.</summary>
    public string ReadLine()
    {
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Patience)) throw new TimeoutException($"{name} said nothing for {Patience.TotalMinutes:0} minutes.");
        return line.Result ?? throw new InvalidOperationException($"{name} ended too early.");
    }

    /// <summary>What it says until it ends.</summary>
    public string ReadToEnd()
    {
        Task<string> all = process.StandardOutput.ReadToEndAsync();
        if (!all.Wait(Patience)) throw new TimeoutException($"{name} did not end within {Patience.TotalMinutes:0} minutes.");
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{name} failed with {process.ExitCode}.");
        return all.Result;
    }

    public Reading ReadLast() => new(ReadToEnd().TrimEnd().Split('\n')[^1]);

    public void Say(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>Ends one that does not look at its input.</summary>
    public void Kill() => process.Kill();

    /// <summary>Seconds of processor time so far, its own and the kernel's for it.</summary>
    public double ProcessorSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Bytes of memory that are resident now.</summary>
    public long Resident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(8))) process.Kill();
        }
        process.WaitForExit();
        process.Dispose();
    }
}
