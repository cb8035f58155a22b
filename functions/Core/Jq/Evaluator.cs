using System.Collections.Concurrent;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>
/// Runs a program: a loop over instructions with a stack of alternatives to come back to. Everything that lives is on the heap,
/// so that recursion in a program is no recursion here. One machine is one run.
/// </summary>
sealed partial class Evaluator(Program program, JqLimits limits)
{
    // What a function does with one item of a long value, against what an instruction takes: the first for what is only gone through.
    const int ExtentPerStep = 8;
    const int ItemsPerStep = 2;

    readonly Instruction[] code = program.Instructions;
    readonly JsonValue[] arguments = program.MostArguments == 0 ? [] : new JsonValue[program.MostArguments];
    Fork[] forks = [];
    int forkCount;
    Cell[] cells = [];
    JsonValue[] gathered = [];
    int gatheredCount;

    // Cells below are an alternative's: what is pushed stands above them.
    int kept;
    long stepsLeft = limits.Steps;
    long bytesLeft = limits.Bytes;
    long outputBytesLeft = limits.Bytes;
    long itemsSeen;
    int outputsLeft = limits.Outputs;

    // Registers: all are saved in a fork.
    int pc;
    JsonValue current;
    int rest = -1;
    Frame frame = new(null, program.Slots);
    Return? way;
    PathStep? path;
    int aside;

    Dictionary<RegexKey, KnownRegex>? known;
    bool started;
    bool failed;
    JsonValue error;

    public JqLimits Limits => limits;

    public ConcurrentDictionary<RegexKey, KnownRegex> Patterns => program.Patterns;

    /// <summary>The patterns this run has paid for.</summary>
    public Dictionary<RegexKey, KnownRegex> Known => known ??= [];

    /// <summary>The names of the object that was compared last, as they stood and in order: objects that are compared are mostly of one shape.</summary>
    public (string[] Given, string[] Names) Sorted { get; set; } = ([], []);

    /// <summary>Whether a limit is met.</summary>
    public bool HasStopped => Problem is not null;

    /// <summary>Why the run ended, if not because there was no more to give.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Whether an error is on its way: what is given back then does not count.</summary>
    public bool HasFailed => failed;

    bool IsFollowing => path is not null && aside == 0;

    public void Start(JsonValue input, IReadOnlyDictionary<string, JsonValue> variables)
    {
        current = input;
        for (var i = 0; i < program.Variables.Length; i++)
            if (variables.TryGetValue(program.Variables[i], out var value)) frame.Slots[i].Value = value;
    }

    /// <summary>The next output; false at the end or with a <see cref="Problem"/>.</summary>
    public bool Next(out JsonValue output)
    {
        output = default;
        if (Problem is not null || (started && !Backtrack())) return false;
        started = true;
        if (!Run()) return false;
        output = current;
        if (--outputsLeft < 0) Stop(Errors.Limit("outputs", $"{limits.Outputs}"));
        else CountOutput(output, MaxOutputNesting);
        return Problem is null;
    }

    /// <summary>Raises an error whose value is a message.</summary>
    public JsonValue Fail(string message) => Raise(message);

    /// <summary>Raises an error.</summary>
    public JsonValue Raise(JsonValue value)
    {
        failed = true;
        error = value;
        return default;
    }

    /// <summary>Counts what is made; false when it is too much.</summary>
    public bool Charge(long bytes)
    {
        if ((bytesLeft -= bytes) >= 0) return true;
        Stop(Errors.Limit("bytes", $"{limits.Bytes}"));
        return false;
    }

    /// <summary>Counts work done outside the loop; false when it is too much.</summary>
    public bool Spend(long steps)
    {
        if ((stepsLeft -= steps) >= 0) return true;
        Stop(Errors.Limit("steps", $"{limits.Steps}"));
        return false;
    }

    /// <summary>Counts what a function's own loop looks at; false when it is too much. Several items are a step.</summary>
    public bool Visit(long items = 1)
    {
        if ((itemsSeen += items) < ItemsPerStep) return true;
        var (steps, left) = Math.DivRem(itemsSeen, ItemsPerStep);
        itemsSeen = left;
        return Spend(steps);
    }

    public void Stop(Problem problem)
    {
        Problem ??= problem;
        failed = true;
    }

    bool Run()
    {
        while (true)
        {
            if (failed && !Unwind()) return false;
            if (--stepsLeft < 0)
            {
                Stop(Errors.Limit("steps", $"{limits.Steps}"));
                return false;
            }

            ref readonly var at = ref code[pc++];
            switch (at.Op)
            {
                case Op.Output: return true;
                case Op.Backtrack: if (!Backtrack()) return false; break;
                case Op.Jump: pc = at.A; break;
                case Op.Fork: AddFork(ForkKind.Plain, at.A); break;
                case Op.Constant: current = at.Value; break;
                case Op.Push: Push(current); break;
                case Op.Pop: current = Take(); break;
                case Op.AsideBegin: Push(current); aside++; break;
                case Op.AsideSwap: Swap(); break;
                case Op.AsidePop: current = Take(); aside--; break;
                case Op.AsideUp: aside++; break;
                case Op.AsideDown: aside--; break;
                case Op.Again: Again(at.A); break;
                case Op.JumpUnless: JumpUnless(at.A); break;
                case Op.JumpUnlessMember: if (!Holds((MemberTest)at.Detail!)) pc = at.A; break;
                case Op.Field: if (!Field((JsonName[])at.Detail!, at.Optional)) return false; break;
                case Op.IndexConstant: if (!Index(at.Value, at.Optional)) return false; break;
                case Op.Index: if (!Index(Take(), at.Optional)) return false; break;
                case Op.Slice: if (!Slice(at.Optional)) return false; break;
                case Op.Iterate: if (!Iterate(at.Optional)) return false; break;
                case Op.Binary: Binary((Operation)at.Detail!); break;
                case Op.BinaryConstant: current = ((Operation)at.Detail!)(this, current, at.Value); break;
                case Op.Native: Native((Builtin)at.Detail!); break;
                case Op.Generate: if (!Generate((Builtin)at.Detail!)) return false; break;
                case Op.GetPath: GetPath(Take()); break;
                case Op.Object: Object(at.A, (string[]?)at.Detail); break;
                case Op.Text: Text(at.A); break;
                case Op.Store: Out(at.A).Slots[at.B].Value = current; break;
                case Op.Load: current = Out(at.A).Slots[at.B].Value; break;
                case Op.LoadAway: (current, frame.Slots[at.B].Value) = (frame.Slots[at.B].Value, default); break;
                case Op.Forget: frame.Slots[at.B].Value = default; break;
                case Op.ListBegin: frame.Slots[at.B].Number = frame.Slots[at.B].Start = gatheredCount; break;
                case Op.ListAdd: ListAdd(ref frame.Slots[at.B]); break;
                case Op.ListEnd: ListEnd(in frame.Slots[at.B]); break;
                case Op.FlagClear: frame.Slots[at.B].Number = 0; break;
                case Op.FlagIfTrue: if (current.IsTruthy) frame.Slots[at.B].Number = 1; else if (!Backtrack()) return false; break;
                case Op.FlagElse: if (frame.Slots[at.B].Number == 1 && !Backtrack()) return false; break;
                case Op.TryBegin: frame.Slots[at.B].Number = forkCount; AddFork(ForkKind.Try, at.A); break;
                case Op.TryEnd: TryEnd(frame.Slots[at.B].Number); break;
                case Op.PathBegin: PathBegin(at.B); break;
                case Op.PathEnd: PathEnd(at.B); break;
                case Op.Label: frame.Slots[at.B].Number = forkCount; break;
                case Op.Break: Cut(Out(at.A).Slots[at.B].Number); if (!Backtrack()) return false; break;
                case Op.Call: Call((CallSite)at.Detail!, tail: false); break;
                case Op.TailCall: Call((CallSite)at.Detail!, tail: true); break;
                case Op.CallClosure: Call((Closure)Out(at.A).Slots[at.B].Detail!, tail: false); break;
                case Op.TailCallClosure: Call((Closure)Out(at.A).Slots[at.B].Detail!, tail: true); break;
                case Op.Return: (pc, frame, way) = (way!.Pc, way.Frame, way.Next); break;
                default: throw new InvalidOperationException($"Unknown instruction {at.Op}.");
            }
        }
    }

    void Push(JsonValue value)
    {
        var at = Math.Max(rest + 1, kept);
        if (at == cells.Length) Array.Resize(ref cells, Math.Max(8, at * 2));
        cells[at] = new Cell(value, rest);
        rest = at;
    }

    JsonValue Take()
    {
        ref readonly var top = ref cells[rest];
        rest = top.Below;
        return top.Value;
    }

    void Swap()
    {
        var input = Take();
        Push(current);
        current = input;
        aside--;
    }

    void Again(int deep)
    {
        var input = rest;
        for (; deep > 0; deep--) input = cells[input].Below;
        Push(current);
        current = cells[input].Value;
    }

    // The input of an operation with several operands is below them and needed no more.
    void Drop()
    {
        rest = cells[rest].Below;
        aside--;
    }

    void JumpUnless(int target)
    {
        if (!current.IsTruthy) pc = target;
        current = Take();
        aside--;
    }

    void Binary(Operation operation)
    {
        var right = Take();
        Drop();
        current = operation(this, current, right);
    }

    ReadOnlySpan<JsonValue> Arguments(int arity)
    {
        for (var i = 0; i < arity; i++) arguments[i] = Take();
        if (arity > 0) Drop();
        return arguments.AsSpan(0, arity);
    }

    void Native(Builtin builtin)
    {
        var given = Arguments(builtin.Arity);
        long extent = current.Extent;
        foreach (var argument in given) extent += argument.Extent;
        if (Spend(extent / ExtentPerStep)) current = builtin.Function!(this, current, given);
    }

    bool Generate(Builtin builtin)
    {
        var values = builtin.Generator!(this, current, Arguments(builtin.Arity).ToArray());
        if (failed) return true;
        AddFork(ForkKind.Generator, pc);
        forks[forkCount - 1].Source = values.GetEnumerator();
        return Backtrack();
    }

    void Object(int parts, string[]? names)
    {
        var count = names?.Length ?? parts / 2;
        var members = new KeyValuePair<string, JsonValue>[count];
        var value = current;
        for (var i = count - 1; i >= 0; i--)
        {
            if (i < count - 1) value = Take();
            if (names is not null)
            {
                members[i] = KeyValuePair.Create(names[i], value);
                continue;
            }

            var key = Take();
            if (key.StringOrNull is not { } name)
            {
                Fail(Errors.ObjectKey(key));
                return;
            }

            members[i] = KeyValuePair.Create(name, value);
        }

        Drop();
        Charge(64 + (32L * count));
        current = names is null ? JsonValue.Of(members) : JsonValue.OfDistinct(members);
    }

    void Text(int parts)
    {
        var texts = new string[parts];
        texts[0] = current.AsString();
        for (var i = 1; i < parts; i++) texts[i] = Take().AsString();
        Drop();
        if (Charge(2 * texts.Sum(text => (long)text.Length))) current = string.Concat(texts);
    }

    // An inner list is done, or given up, before an outer one goes on: all share one stack, each knows its own part.
    void ListAdd(ref Slot list)
    {
        if (list.Number == gathered.Length) Array.Resize(ref gathered, Math.Max(8, gathered.Length * 2));
        gathered[list.Number++] = current;
        gatheredCount = list.Number;
        Charge(16);
    }

    void ListEnd(in Slot list)
    {
        Drop();
        current = list.Start == list.Number ? JsonValue.EmptyArray : JsonValue.Of(gathered.AsSpan(list.Start, list.Number - list.Start).ToArray());
        gatheredCount = list.Start;
        Charge(16);
    }

    Frame Out(int levels)
    {
        var found = frame;
        for (; levels > 0; levels--) found = found.Outer!;
        return found;
    }

    void Call(CallSite site, bool tail)
    {
        var outer = Out(site.Levels);
        var entered = site.Code.Framed ? new Frame(outer, site.Code.Slots) : outer;
        for (var i = 0; i < site.Arguments.Length; i++)
        {
            var argument = site.Arguments[i];
            entered.Slots[i].Detail = argument.Code is { } body ? new Closure(body, frame) : Out(argument.Levels).Slots[argument.Slot].Detail;
        }

        Enter(site.Code.Start, entered, tail);
    }

    void Call(Closure closure, bool tail) =>
        Enter(closure.Code.Start, closure.Code.Framed ? new Frame(closure.Frame, closure.Code.Slots) : closure.Frame, tail);

    void Enter(int start, Frame entered, bool tail)
    {
        if (!tail)
        {
            way = new Return(pc, frame, way);
            if (way.Depth > limits.Depth) Stop(Errors.Limit("depth", $"{limits.Depth}"));
        }

        (pc, frame) = (start, entered);
    }
}
