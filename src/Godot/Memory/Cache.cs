using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Godot.Memory;

/// <summary>
/// Asks the processor to bring memory near before it is needed. An event's state is seldom in the cache; that of the next thirty events is
/// on its way while this one is worked on. Where the processor has no such instruction, nothing happens.
/// </summary>
static class Cache
{
    const int Line = 64;

    /// <summary>Brings a value near, all of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch<T>(ref readonly T value) => Lines(ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in value)), Unsafe.SizeOf<T>());

    /// <summary>Brings the beginning of an object near, without looking at it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(object? value, int bytes)
    {
        if (value is not null) Lines(ref Unsafe.As<Fields>(value).First, bytes);
    }

    /// <summary>Brings items of an array near, without looking at its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch<T>(T[] values, int first, int count) =>
        Lines(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), first)), count * Unsafe.SizeOf<T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Lines(ref byte first, int count)
    {
        if (!Sse.IsSupported) return;
        // The collector may move the object meanwhile: then other lines come, which harms nobody.
        byte* at = (byte*)Unsafe.AsPointer(ref first);
        for (int offset = 0; offset < count; offset += Line) Sse.Prefetch0(at + offset);
        // It may begin in the middle of a line.
        Sse.Prefetch0(at + count - 1);
    }

    sealed class Fields
    {
        public byte First;
    }
}
