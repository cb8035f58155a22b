using System.Collections.Immutable;

namespace Interop.Core.Jq;

/// <summary>Functions and their arguments.</summary>
sealed partial class Compiler
{
    void Define(DefinitionNode node)
    {
        var outer = scope;
        var function = new FunctionName(node.Definition, body.Level);
        scope = function.Scope = new Scope(function, outer);
        Require(function);
        Emit(node.Rest);
        scope = outer;
    }

    void Call(CallNode call)
    {
        switch (Resolve(call))
        {
            case FunctionName function:
                Call(function, call);
                break;
            case ParameterName parameter:
                Add(new Instruction(Op.CallClosure, body.Level - parameter.Level, parameter.Slot));
                break;
            case InlineName inline:
                var outer = scope;
                scope = inline.Scope;
                Emit(inline.Node);
                scope = outer;
                break;
            default:
                Builtin(call);
                break;
        }
    }

    Known? Resolve(CallNode call) => Find<Known>(name => name switch
    {
        FunctionName function => function.Definition.Signature == call.Signature,
        ParameterName or InlineName => call.Arguments.IsEmpty && name.Name == call.Name,
        _ => false,
    });

    void Builtin(CallNode call)
    {
        switch (call.Signature)
        {
            case "empty/0":
                Add(new Instruction(Op.Backtrack));
                return;
            case "path/1":
                var slot = body.Slot();
                Add(new Instruction(Op.PathBegin, 0, slot));
                var aside = isAside;
                isAside = false;
                Emit(call.Arguments[0]);
                isAside = aside;
                Add(new Instruction(Op.PathEnd, 0, slot));
                return;
            case "getpath/1":
                Aside(call.Arguments[0], Op.AsideSwap);
                Add(new Instruction(Op.GetPath));
                return;
            case "now/0" when Visible<VariableName>().Any(name => name is { Name: "now", Level: 0 } && name.Slot < given):
                Variable(new VariableNode(call.At, "now"));
                return;
        }

        if (Builtins.Table.TryGetValue(call.Signature, out var native)) Native(call, native);
        else if (Prelude.Definitions.TryGetValue(call.Signature, out var known)) Library(call, known);
        else if (Restrictions.Refused.ContainsKey(call.Signature)) problems.Add(call.At, Errors.RefusedFunction(call.Signature), "jq-refused");
        else
        {
            var functions = Visible<FunctionName>().Select(function => function.Definition.Signature);
            problems.Add(call.At, Errors.UndefinedFunction(call.Signature, Hint(call.Signature, functions.Concat(Builtins.Names), "")), "jq-undefined");
        }
    }

    // The last argument is the outer loop, as in jq.
    void Native(CallNode call, Builtin native)
    {
        if (native.Arity > 0)
        {
            Add(new Instruction(Op.AsideBegin));
            for (var i = native.Arity - 1; i >= 0; i--)
            {
                EmitAside(call.Arguments[i]);
                Add(new Instruction(Op.Again, native.Arity - 1 - i));
            }
        }

        Add(new Instruction(native.Generator is null ? Op.Native : Op.Generate, native.Arity, Detail: native));
    }

    // A function of the prelude that uses each argument once is written out in place: no frame, no closure.
    void Library(CallNode call, LibraryFunction known)
    {
        if (!known.Inline)
        {
            if (!prelude.TryGetValue(call.Signature, out var function))
            {
                prelude[call.Signature] = function = new FunctionName(known.Definition, 0);
                Require(function);
            }

            Call(function, call);
            return;
        }

        var outer = scope;
        Scope? inner = null;
        for (var i = 0; i < call.Arguments.Length; i++)
            inner = new Scope(new InlineName(known.Definition.Parameters[i].TrimStart('$'), call.Arguments[i], outer), inner);
        scope = inner;
        Emit(WithVariables(known.Definition));
        scope = outer;
    }

    void Call(FunctionName function, CallNode call)
    {
        var arguments = call.Arguments.Select(Closure).ToImmutableArray();
        Add(new Instruction(Op.Call, Detail: new CallSite(function.Code!, body.Level - function.Level, arguments)));
    }

    ClosureSite Closure(Node argument)
    {
        var within = scope;
        var outer = scope;
        try
        {
            // A parameter handed on as it is needs no closure around it.
            while (argument is CallNode { Arguments.IsEmpty: true } call)
            {
                scope = within;
                var name = Resolve(call);
                if (name is ParameterName parameter) return new ClosureSite(null, body.Level - parameter.Level, parameter.Slot);
                if (name is not InlineName inline) break;
                (argument, within) = (inline.Node, inline.Scope);
            }

            scope = within;
            var closure = new Code(NeedsFrame(argument));
            var level = body.Level;
            pending.Enqueue(() =>
            {
                scope = within;
                body = new Body(closure, level + (closure.Framed ? 1 : 0));
                Compile(argument);
            });
            return new ClosureSite(closure, 0, 0);
        }
        finally
        {
            scope = outer;
        }
    }

    void Require(FunctionName function)
    {
        var definition = function.Definition;
        var outer = scope;
        scope = function.Scope;
        function.Code = new Code(definition.Parameters.Length > 0 || NeedsFrame(definition.Body));
        scope = outer;
        pending.Enqueue(() =>
        {
            scope = function.Scope;
            body = new Body(function.Code, function.Level + (function.Code.Framed ? 1 : 0));
            foreach (var parameter in definition.Parameters)
                scope = new Scope(new ParameterName(parameter.TrimStart('$'), body.Level, body.Slot()), scope);
            Compile(WithVariables(definition));
        });
    }

    void Compile(Node node)
    {
        body.Code.Start = code.Count;
        isAside = false;
        Emit(node);
        Add(new Instruction(Op.Return));
    }

    static Node WithVariables(Definition definition)
    {
        var whole = definition.Body;
        for (var i = definition.Parameters.Length - 1; i >= 0; i--)
        {
            if (definition.Parameters[i] is not ['$', .. var name]) continue;
            whole = new AsNode(definition.At, new CallNode(definition.At, name, []), [new VariablePattern(definition.At, name)], whole);
        }

        return whole;
    }

    /// <summary>Whether a body stores anything; if in doubt, yes.</summary>
    bool NeedsFrame(Node node) => node switch
    {
        IdentityNode or LiteralNode or VariableNode or FormatNode => false,
        PipeNode pipe => NeedsFrame(pipe.Left) || NeedsFrame(pipe.Right),
        CommaNode comma => NeedsFrame(comma.Left) || NeedsFrame(comma.Right),
        IndexNode index => NeedsFrame(index.Target) || NeedsFrame(index.Key),
        IterateNode iterate => NeedsFrame(iterate.Target),
        BinaryNode binary => NeedsFrame(binary.Left) || NeedsFrame(binary.Right),
        LogicNode logic => NeedsFrame(logic.Left) || NeedsFrame(logic.Right),
        NegateNode negate => NeedsFrame(negate.Of),
        TextNode text => text.Parts.Any(NeedsFrame),
        IfNode choice => NeedsFrame(choice.Condition) || NeedsFrame(choice.Then) || NeedsFrame(choice.Else),
        ObjectNode members => members.Members.Any(member => NeedsFrame(member.Key) || NeedsFrame(member.Value)),
        CallNode call => CallNeedsFrame(call),
        _ => true,
    };

    bool CallNeedsFrame(CallNode call)
    {
        switch (Resolve(call))
        {
            case FunctionName or ParameterName:
                return false;
            case InlineName:
                return true;
            default:
                return !(Builtins.Table.ContainsKey(call.Signature) || call.Signature is "empty/0" or "getpath/1") || call.Arguments.Any(NeedsFrame);
        }
    }

    /// <summary>The body being compiled: its level is the number of frames around it.</summary>
    sealed class Body(Code code, int level)
    {
        public Code Code => code;

        public int Level => level;

        public int Slot() => code.Framed ? code.Slots++ : throw new InvalidOperationException("A body without a frame has no slots.");
    }

    sealed record Scope(Known Name, Scope? Outer);

    abstract record Known(string Name);

    sealed record VariableName(string Name, int Level, int Slot) : Known(Name);

    sealed record LabelName(string Name, int Level, int Slot) : Known(Name);

    sealed record ParameterName(string Name, int Level, int Slot) : Known(Name);

    sealed record InlineName(string Name, Node Node, Scope? Scope) : Known(Name);

    sealed record FunctionName(Definition Definition, int Level) : Known(Definition.Name)
    {
        public Scope? Scope { get; set; }

        public Code? Code { get; set; }
    }
}
