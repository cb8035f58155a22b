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
}
