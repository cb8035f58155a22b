using System.Collections.Concurrent;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>
/// Runs a program: a loop over instructions with a stack of alternatives to come back to. Everything that lives is on the heap,
/// so that recursion in a program is no recursion here. One machine is one run.
/// </summary>
sealed partial class Evaluator(Program program, JqLimits limits)
{
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
    OpenedContainers? opened;
    bool started;
    bool failed;
    JsonValue error;

    public JqLimits Limits => limits;

    public ConcurrentDictionary<RegexKey, KnownRegex> Patterns => program.Patterns;

    /// <summary>The patterns this run has paid for.</summary>
    public Dictionary<RegexKey, KnownRegex> Known => known ??= [];

    /// <summary>The shape of the object that was compared last.</summary>
    public ObjectShape? Shape { get; set; }

    /// <summary>Whether a limit is met.</summary>
    public bool HasStopped => Problem is not null;

    /// <summary>Why the run ended, if not because there was no more to give.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>What the run has been charged so far.</summary>
    public (long Steps, long Bytes) Charged => (limits.Steps - stepsLeft, limits.Bytes - bytesLeft);

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
    public JsonValue Fail(string message)
    {
        stepsLeft -= Prices.MessageSteps;
        return Raise(message);
    }

    /// <summary>Raises an error.</summary>
    public JsonValue Raise(JsonValue value)
    {
        failed = true;
        error = value;
        return default;
    }

    /// <summary>Counts what is made, and the work of making it; false when it is too much.</summary>
    public bool Charge(long bytes)
    {
        if ((bytesLeft -= bytes) >= 0) return bytes < Prices.BytesAStep || Spend(bytes / Prices.BytesAStep);
        return Over("bytes", limits.Bytes);
    }

    /// <summary>Counts work done outside the loop; false when it is too much.</summary>
    public bool Spend(long steps)
    {
        if ((stepsLeft -= steps) >= 0) return true;
        return Over("steps", limits.Steps);
    }

    bool Over(string limit, long value)
    {
        if (Problem is null) Stop(Errors.Limit(limit, $"{value}"));
        return false;
    }

    /// <summary>Counts what a function's own loop looks at; false when it is too much. Several items are a step.</summary>
    public bool Visit(long items = 1)
    {
        if ((itemsSeen += items) < Prices.ItemsAStep) return true;
        var (steps, left) = Math.DivRem(itemsSeen, Prices.ItemsAStep);
        itemsSeen = left;
        return Spend(steps);
    }

    /// <summary>Counts the reading of all items or members of a parsed document's array or object, which are read each time; other values are read where they stand.</summary>
    public bool Opens(JsonValue container) => !container.IsUnread || Spend(((long)container.Count * Prices.ReadSteps) + (container.TextLength / Prices.BytesAStep));

    /// <summary>The same array or object, ready to be searched more than once: large ones of a parsed document are read into memory.</summary>
    public JsonValue Opened(JsonValue container) => container.IsUnread && container.Count >= OpenedContainers.Few ? (opened ??= new OpenedContainers()).Open(this, container) : container;

    /// <summary>Counts the reading of one item or member of a parsed document, for which so many had to be looked at.</summary>
    public bool Reads(long looked, JsonValue found)
    {
        if (!Spend(Prices.ReadSteps + (looked / Prices.SoughtAStep))) return false;
        var text = found.IsUnread ? 0 : found.TextLength;
        return text == 0 || (Charge(2L * text) && (!found.IsNumber || Spend(text / Prices.DigitsAStep)));
    }

    /// <summary>Counts the making of an array or object that differs from another in one item or member.</summary>
    public bool Changes(JsonValue container) => Charge(container.ChangeBytes) && Spend(Prices.CompareSteps + (container.Kind, container.IsShared) switch
    {
        (JsonKind.Object, true) => Prices.SharedMemberSteps,
        (JsonKind.Object, _) when container.Count > JsonMembers.CopiedUpTo => (long)Prices.SharingSteps * container.Count,
        (_, true) => Prices.SharedItemSteps,
        _ => 0,
    });

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
        if (builtin.IsBrief || Looks(current, given)) current = builtin.Function!(this, current, given);
    }

    // A function is taken to go through all it is given; what it does beyond that it counts itself.
    bool Looks(JsonValue input, ReadOnlySpan<JsonValue> given)
    {
        var extent = Size(input);
        foreach (var argument in given) extent += Size(argument);
        return Spend(extent / Prices.CharactersAStep) && !failed;
    }

    long Size(JsonValue value)
    {
        Opens(value);
        return value.IsNumber ? value.TextLength : value.Extent;
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
        Charge(128 + (32L * count));
        if (names is null) Spend(Prices.NamedObjectSteps);
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
        stepsLeft -= Prices.FrameSteps * (1 + site.Arguments.Length);
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
