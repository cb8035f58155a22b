using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>What the machine comes back to: alternatives, handlers, iterations.</summary>
sealed partial class Evaluator
{
    /// <summary>What an output may nest: what the rest of the platform can write and compare.</summary>
    public const int MaxOutputNesting = 500;

    // What a value of an output takes besides its text.
    const int OutputBytes = 32;

    enum ForkKind
    {
        /// <summary>Backtracking goes on at the fork's place.</summary>
        Plain,

        /// <summary>An error goes on at the fork's place; backtracking passes by.</summary>
        Try,

        /// <summary>The body of a try has given a value: errors from here on are not its own.</summary>
        TryLeft,
        Each,
        Generator,
    }

    void AddFork(ForkKind kind, int target)
    {
        if (forkCount >= limits.Depth) Stop(Errors.Limit("depth", $"{limits.Depth}"));
        if (forkCount == forks.Length) Array.Resize(ref forks, Math.Max(8, forkCount * 2));
        ref var fork = ref forks[forkCount++];
        fork.Kind = kind;
        fork.Pc = target;
        fork.Current = current;
        fork.Rest = rest;
        fork.Kept = kept = Math.Max(kept, rest + 1);
        fork.Frame = frame;
        fork.Way = way;
        fork.Path = path;
        fork.Aside = aside;
    }

    /// <summary>Goes back to the last alternative; false when there is none.</summary>
    bool Backtrack()
    {
        while (forkCount > 0)
        {
            stepsLeft--;
            ref var fork = ref forks[forkCount - 1];
            switch (fork.Kind)
            {
                case ForkKind.Plain:
                    current = fork.Current;
                    Restore(in fork);
                    Cut(forkCount - 1);
                    return true;
                case ForkKind.Each:
                    NextItem(ref fork);
                    return true;
                case ForkKind.Generator:
                    Restore(in fork);
                    var generator = (IEnumerator<JsonValue>)fork.Source!;
                    if (generator.MoveNext())
                    {
                        current = generator.Current;
                        return true;
                    }

                    Cut(forkCount - 1);
                    if (failed) return true;
                    break;
                default:
                    Cut(forkCount - 1);
                    break;
            }
        }

        return false;
    }

    void NextItem(ref Fork fork)
    {
        Restore(in fork);
        var walk = (JsonWalk)fork.Source!;
        var value = walk.Next();
        if (IsFollowing) path = new PathStep(walk.Key, path, value);
        if (fork.Current.IsUnread) Reads(1, value);
        current = value;
        if (!walk.HasMore) Cut(forkCount - 1);
    }

    /// <summary>Takes an error to the try around it; false when nobody catches it.</summary>
    bool Unwind()
    {
        while (Problem is null && forkCount > 0)
        {
            ref var fork = ref forks[forkCount - 1];
            if (fork.Kind == ForkKind.Try)
            {
                Restore(in fork);
                Cut(forkCount - 1);
                current = error;
                failed = false;
                return true;
            }

            Cut(fork.Kind == ForkKind.TryLeft ? fork.At : forkCount - 1);
        }

        Problem ??= Errors.Uncaught(error);
        return false;
    }

    void TryEnd(int begin)
    {
        // A body with nothing left to give is over; else the errors of what comes after must pass it by.
        if (forkCount == begin + 1)
        {
            Cut(begin);
            return;
        }

        AddFork(ForkKind.TryLeft, 0);
        forks[forkCount - 1].At = begin;
    }

    // All but the current value, which is the alternative's own, the next item or an error.
    void Restore(in Fork fork)
    {
        pc = fork.Pc;
        rest = fork.Rest;
        frame = fork.Frame!;
        way = fork.Way;
        path = fork.Path;
        aside = fork.Aside;
    }

    // What is dropped is cleared, so that the collector may have it.
    void Cut(int count)
    {
        while (forkCount > count) forks[--forkCount] = default;
        kept = count > 0 ? forks[count - 1].Kept : 0;
    }

    // What stands in several places counts in each: to write or store an output is to write it out in full.
    bool CountOutput(JsonValue value, int levels)
    {
        if ((outputBytesLeft -= OutputBytes + (2L * value.TextLength)) < 0) Stop(Errors.Limit("bytes", $"{limits.Bytes}"));
        else if (value.Kind < JsonKind.Array || value.IsUnread) return Visit();
        else if (levels == 0) Stop(Errors.Limit("nesting", $"{MaxOutputNesting} levels"));
        if (failed) return false;
        for (var walk = value.Walk(); walk.HasMore;)
        {
            var inner = walk.Next();
            if (value.Kind == JsonKind.Object) outputBytesLeft -= 2L * walk.Key.Extent;
            if (!CountOutput(inner, levels - 1)) return false;
        }

        return Visit();
    }

    struct Fork
    {
        public ForkKind Kind;
        public int Pc;
        public JsonValue Current;
        public int Rest;
        public int Kept;
        public Frame? Frame;
        public Return? Way;
        public PathStep? Path;
        public int Aside;
        public int At;

        // A JsonWalk for Each, an IEnumerator for Generator.
        public object? Source;
    }

    struct Slot
    {
        public JsonValue Value;
        public object? Detail;
        public int Number;
        public int Start;
    }

    /// <summary>One value of the stack below the current one; an alternative's are not overwritten while it is open.</summary>
    readonly record struct Cell(JsonValue Value, int Below);

    sealed class Frame(Frame? outer, int slots)
    {
        public readonly Slot[] Slots = slots == 0 ? [] : new Slot[slots];

        public Frame? Outer => outer;
    }

    sealed class Return(int pc, Frame frame, Return? next)
    {
        public int Pc => pc;

        public Frame Frame => frame;

        public Return? Next => next;

        public int Depth { get; } = (next?.Depth ?? 0) + 1;
    }

    sealed record Closure(Code Code, Frame Frame);

    /// <summary>The path register of an outer <c>path(f)</c> while an inner one runs.</summary>
    sealed record Following(PathStep? Path, int Aside);

    /// <summary>A path so far and the value it leads to: what is looked into next must be that very value.</summary>
    sealed class PathStep(JsonValue key, PathStep? before, JsonValue reached)
    {
        readonly int length = before is null ? 0 : before.length + 1;

        public JsonValue Reached => reached;

        public JsonValue ToArray()
        {
            var keys = new JsonValue[length];
            var step = this;
            for (var i = length - 1; i >= 0; i--)
            {
                keys[i] = step.Key;
                step = step.Before!;
            }

            return JsonValue.Of(keys);
        }

        JsonValue Key => key;

        PathStep? Before => before;
    }
}
