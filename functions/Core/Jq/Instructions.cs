using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>
/// What the machine does. Every expression takes its input from the register "current" and leaves its output there;
/// the stack below holds what is still needed. "Aside" means: paths are not followed, since the value is only looked at.
/// </summary>
enum Op
{
    /// <summary>Gives an output of the program.</summary>
    Output,
    Backtrack,
    Jump,

    /// <summary>Leaves an alternative: backtracking continues at A with the registers as they are now.</summary>
    Fork,

    /// <summary>current = Value</summary>
    Constant,
    Push,
    Pop,

    /// <summary>Pushes the input and goes aside.</summary>
    AsideBegin,

    /// <summary>current and the pushed input change places; back from aside.</summary>
    AsideSwap,

    /// <summary>current = the pushed input; back from aside.</summary>
    AsidePop,

    /// <summary>current becomes the pushed value below; the pushed input goes; back from aside.</summary>
    AsideKeep,
    AsideUp,
    AsideDown,

    /// <summary>Pushes current; current = the value A deep below it: the input again.</summary>
    Again,

    /// <summary>Pops the input and goes to A if current is false or null; the input is current again.</summary>
    JumpUnless,

    /// <summary>Goes to A if the test of a member of the input (Detail) fails.</summary>
    JumpUnlessMember,

    /// <summary>current = the member of the member ... of it, by names; one name if optional</summary>
    Field,
    IndexConstant,
    Index,
    Slice,
    Iterate,
    Binary,
    BinaryConstant,
    Native,
    Generate,
    GetPath,
    Object,
    Text,

    /// <summary>Slots: A levels out, number B.</summary>
    Store,
    Load,
    LoadAway,
    Forget,
    ListBegin,
    ListAdd,
    ListEnd,
    FlagClear,
    FlagIfTrue,
    FlagElse,
    TryBegin,
    TryEnd,
    PathBegin,
    PathEnd,
    Label,
    Break,

    Call,
    CallClosure,
    TailCall,
    TailCallClosure,
    Return,
}

/// <summary>One instruction; <see cref="Optional"/> makes an error backtrack instead.</summary>
record struct Instruction(Op Op, int A = 0, int B = 0, JsonValue Value = default, object? Detail = null, bool Optional = false);

/// <summary>A compiled body: where it starts and how many slots its frame has; without slots it runs in the frame it was made in.</summary>
sealed class Code(bool framed)
{
    public int Start { get; set; } = -1;

    public int Slots { get; set; }

    public bool Framed => framed;
}

/// <summary>A condition on a member: its value, or what the operation makes of it and the constant.</summary>
sealed record MemberTest(JsonName[] Names, Operation? Operation, JsonValue Constant);

/// <summary>A call: the body, how many frames out it was defined, and what its parameters are.</summary>
sealed record CallSite(Code Code, int Levels, ImmutableArray<ClosureSite> Arguments);

/// <summary>An argument: a body closed over the caller's frame, or the caller's own parameter handed on.</summary>
sealed record ClosureSite(Code? Code, int Levels, int Slot);

/// <summary>What makes two regular expressions one: wide is one for texts beyond the basic plane.</summary>
readonly record struct RegexKey(string Pattern, string Flags, bool Wide);

/// <summary>A regular expression ready to match, and the names of its groups.</summary>
/// <param name="Linear">.NET's, where the pattern can be matched in linear time; else null.</param>
/// <param name="Program">What is run where it cannot.</param>
/// <param name="Groups">The name of each group, or null.</param>
sealed record KnownRegex(Regex? Linear, RegexProgram Program, ImmutableArray<string?> Groups);

/// <summary>A compiled program.</summary>
sealed record Program(Instruction[] Instructions, int Slots, ImmutableArray<string> Variables, ImmutableArray<string> FreeVariables)
{
    /// <summary>How many arguments an instruction of it has at the most.</summary>
    public int MostArguments { get; } = Instructions.Select(instruction => instruction.Op is Op.Native or Op.Generate ? instruction.A : 0).DefaultIfEmpty().Max();

    /// <summary>The regular expressions the runs have met; bounded by who adds.</summary>
    public ConcurrentDictionary<RegexKey, KnownRegex> Patterns { get; } = new();
}
