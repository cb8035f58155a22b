namespace Interop.Benchmarks.Mapping;

/// <summary>The mapping benchmarks as races: a minute, and ratios that hold on a busy machine.</summary>
static class Races
{
    public static void Run()
    {
        var fromJson = new FromJson();
        fromJson.Setup();
        Race.Run("JSON to the canonical record",
            ("reader to writer, copied", () => fromJson.Copy()), ("compiled definition", () => fromJson.Compiled()), ("written by hand", () => fromJson.HandWritten()), ("source-generated objects", () => fromJson.ByObjects()),
            ("Jint", () => fromJson.Script()), ("the interpreter", () => fromJson.Interpreter()));
        var toJson = new ToJson();
        toJson.Setup();
        Race.Run("canonical record to JSON", ("reader to writer, copied", () => toJson.Copy()), ("compiled definition", () => toJson.Compiled()), ("the interpreter", () => toJson.Interpreter()));
        var fromXml = new FromXml();
        fromXml.Setup();
        Race.Run("XML to the canonical record", ("compiled definition", () => fromXml.Compiled()), ("XslCompiledTransform", () => fromXml.Xslt()), ("the interpreter", () => fromXml.Interpreter()));
        var toXml = new ToXml();
        toXml.Setup();
        Race.Run("canonical record to XML", ("compiled definition", () => toXml.Compiled()), ("XslCompiledTransform", () => toXml.Xslt()), ("the interpreter", () => toXml.Interpreter()));
    }
}
