using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Turns syntax into instructions. Bodies of functions and arguments are compiled one after another, so that code never nests.</summary>
sealed partial class Compiler
{
    readonly List<Instruction> code = [];
    readonly Queue<Action> pending = new();
    readonly Dictionary<string, FunctionName> prelude = new(StringComparer.Ordinal);
    readonly HashSet<string> used = new(StringComparer.Ordinal);
    readonly JqProblems problems;
    Body body;
    Scope? scope;
    int given;

    // Whether no path is followed here, whoever runs this: known of the main program, and of what is only looked at.
    bool isAside = true;

    Compiler(JqProblems problems) => (this.problems, body) = (problems, new Body(new Code(framed: true), 0));

    public static Program Compile(Node syntax, IReadOnlyList<string> variables, JqProblems problems)
    {
        var compiler = new Compiler(problems);
        foreach (var name in variables) compiler.Bind(name);
        compiler.given = variables.Count;
        var main = compiler.body;
        try
        {
            compiler.Emit(syntax);
            compiler.Add(new Instruction(Op.Output));
            compiler.Add(new Instruction(Op.Backtrack));
            while (compiler.pending.TryDequeue(out var next)) next();
        }
        catch (JqSyntaxException wrong)
        {
            problems.Add(wrong.At, wrong.Message, wrong.Rule);
        }

        compiler.TailCalls();
        return new Program([.. compiler.code], main.Code.Slots, [.. variables], [.. variables.Where(compiler.used.Contains)]);
    }

    void Emit(Node node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new JqSyntaxException(node.At, Errors.TooNested);
        switch (node)
        {
            case IdentityNode: break;
            case LiteralNode literal: Add(new Instruction(Op.Constant, Value: literal.Value)); break;
            case PipeNode pipe: Pipe(pipe); break;
            case CommaNode comma: Comma(comma); break;
            case IndexNode index: Index(index); break;
            case SliceNode slice: Slice(slice); break;
            case IterateNode iterate: Emit(iterate.Target); Add(new Instruction(Op.Iterate, Optional: iterate.Optional)); break;
            case BinaryNode binary: Binary(binary); break;
            case NegateNode negate: Emit(negate.Of); Native("*negate/0"); break;
            case FormatNode format: Native("@" + format.Name + "/0"); break;
            case TextNode text: Text(text); break;
            case ObjectNode @object: Object(@object); break;
            case ArrayNode array: Array(array); break;
            case IfNode condition: If(condition); break;
            case LogicNode logic: Logic(logic); break;
            case UpdateNode update: Emit(Updates.ToCalls(update)); break;
            case AlternativeNode alternative: Alternative(alternative); break;
            case TryNode attempt: Try(attempt); break;
            case ReduceNode reduce: Reduce(reduce); break;
            case ForeachNode each: Foreach(each); break;
            case AsNode bind: As(bind); break;
            case VariableNode variable: Variable(variable); break;
            case LabelNode label: Label(label); break;
            case BreakNode leave: Break(leave); break;
            case DefinitionNode definition: Define(definition); break;
            case CallNode call: Call(call); break;
            default: throw new InvalidOperationException($"Unknown node {node.GetType()}.");
        }
    }

    void EmitAside(Node node)
    {
        var outer = isAside;
        isAside = true;
        Emit(node);
        isAside = outer;
    }

    void Pipe(PipeNode pipe)
    {
        Node next = pipe;
        for (; next is PipeNode more; next = more.Right) Emit(more.Left);
        Emit(next);
    }

    void Comma(CommaNode comma)
    {
        var fork = Add(new Instruction(Op.Fork));
        Emit(comma.Left);
        var end = Add(new Instruction(Op.Jump));
        Here(fork);
        Emit(comma.Right);
        Here(end);
    }

    void Index(IndexNode index)
    {
        if (index is { Optional: false, Key: LiteralNode { Value.Kind: JsonKind.String } })
        {
            Fields(index);
            return;
        }

        if (index.Key is LiteralNode { Value: { Kind: JsonKind.String or JsonKind.Number } key })
        {
            Emit(index.Target);
            Constant(key, index.Optional);
            return;
        }

        Aside(index.Key, Op.AsideSwap);
        Emit(index.Target);
        Add(new Instruction(Op.Index, Optional: index.Optional));
    }

    // Names one after another are one instruction.
    void Fields(IndexNode index)
    {
        var names = new Stack<JsonName>();
        Node target = index;
        while (target is IndexNode { Optional: false, Key: LiteralNode { Value.StringOrNull: { } name } } part)
        {
            names.Push(new JsonName(name));
            target = part.Target;
        }

        Emit(target);
        Add(new Instruction(Op.Field, Detail: names.ToArray()));
    }

    void Constant(JsonValue key, bool optional) =>
        Add(key.StringOrNull is { } name ? new Instruction(Op.Field, Detail: new[] { new JsonName(name) }, Optional: optional) : new Instruction(Op.IndexConstant, Value: key, Optional: optional));

    void Slice(SliceNode slice)
    {
        var nothing = new LiteralNode(slice.At, JsonValue.Null);
        Aside(slice.From ?? nothing, Op.AsideSwap);
        Aside(slice.To ?? nothing, Op.AsideSwap);
        Emit(slice.Target);
        Add(new Instruction(Op.Slice, Optional: slice.Optional));
    }

    void Binary(BinaryNode binary)
    {
        var operation = Operations.Table[binary.Operator];
        if (binary.Right is LiteralNode right)
        {
            if (!isAside) Add(new Instruction(Op.AsideUp));
            EmitAside(binary.Left);
            Add(new Instruction(Op.BinaryConstant, Value: right.Value, Detail: operation));
            if (!isAside) Add(new Instruction(Op.AsideDown));
            return;
        }

        // The right operand is the outer loop, as in jq.
        Add(new Instruction(Op.AsideBegin));
        EmitAside(binary.Right);
        Add(new Instruction(Op.Again, 0));
        EmitAside(binary.Left);
        Add(new Instruction(Op.Binary, Detail: operation));
    }

    void Text(TextNode text)
    {
        Add(new Instruction(Op.AsideBegin));
        for (var i = text.Parts.Length - 1; i >= 0; i--)
        {
            if (i < text.Parts.Length - 1) Add(new Instruction(Op.Again, text.Parts.Length - 2 - i));
            EmitAside(text.Parts[i]);
        }

        Add(new Instruction(Op.Text, text.Parts.Length));
    }

    void Object(ObjectNode node)
    {
        var names = node.Members.Select(member => (member.Key as LiteralNode)?.Value.StringOrNull).Distinct(StringComparer.Ordinal).OfType<string>().ToArray();
        if (names.Length != node.Members.Length) names = null;
        var parts = names is not null ? node.Members.Select(member => member.Value) : node.Members.SelectMany(member => new[] { member.Key, member.Value });
        Add(new Instruction(Op.AsideBegin));
        var count = 0;
        foreach (var part in parts)
        {
            if (count > 0) Add(new Instruction(Op.Again, count - 1));
            EmitAside(part);
            count++;
        }

        Add(new Instruction(Op.Object, count, Detail: names));
    }

    void Array(ArrayNode array)
    {
        var list = body.Slot();
        Add(new Instruction(Op.AsideBegin));
        Add(new Instruction(Op.ListBegin, 0, list));
        var fork = Add(new Instruction(Op.Fork));
        EmitAside(array.Items!);
        Add(new Instruction(Op.ListAdd, 0, list));
        Add(new Instruction(Op.Backtrack));
        Here(fork);
        Add(new Instruction(Op.ListEnd, 0, list));
    }

    void Variable(VariableNode node)
    {
        if (Find<VariableName>(name => name.Name == node.Name) is { } variable)
        {
            if (variable.Level == 0 && variable.Slot < given) used.Add(node.Name);
            Add(new Instruction(Op.Load, body.Level - variable.Level, variable.Slot));
        }
        else if (Restrictions.Variables.TryGetValue(node.Name, out var value))
        {
            Add(new Instruction(Op.Constant, Value: value));
        }
        else
        {
            problems.Add(node.At, Errors.UndefinedVariable(node.Name, Hint(node.Name, Visible<VariableName>().Select(name => name.Name), "$")), "jq-undefined");
        }
    }

    void Aside(Node node, Op end)
    {
        Add(new Instruction(Op.AsideBegin));
        EmitAside(node);
        Add(new Instruction(end));
    }

    void Native(string signature) => Add(new Instruction(Op.Native, 0, Detail: Builtins.Table[signature]));

    int Bind(string name)
    {
        var slot = body.Slot();
        scope = new Scope(new VariableName(name, body.Level, slot), scope);
        return slot;
    }

    int Add(Instruction instruction)
    {
        code.Add(instruction);
        return code.Count - 1;
    }

    void Here(int at) => code[at] = code[at] with { A = code.Count };

    TName? Find<TName>(Func<TName, bool> matches)
        where TName : Known => Visible<TName>().FirstOrDefault(matches);

    IEnumerable<TName> Visible<TName>()
        where TName : Known
    {
        for (var at = scope; at is not null; at = at.Outer)
            if (at.Name is TName name) yield return name;
    }

    static string Hint(string name, IEnumerable<string> known, string prefix) =>
        Sources.Spelling.Nearest(name, known) is { } nearest ? $" Did you mean {prefix}{nearest}?" : "";

    // A call whose next step is to return needs no way back: recursion in tail position runs in constant space.
    void TailCalls()
    {
        for (var i = 0; i < code.Count; i++)
        {
            if (code[i].Op is not (Op.Call or Op.CallClosure)) continue;
            var next = i + 1;
            for (var hops = 0; code[next].Op == Op.Jump && hops < 100; hops++) next = code[next].A;
            if (code[next].Op == Op.Return) code[i] = code[i] with { Op = code[i].Op == Op.Call ? Op.TailCall : Op.TailCallClosure };
        }
    }
}
