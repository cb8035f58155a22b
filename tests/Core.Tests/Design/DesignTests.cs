using System.Reflection;
using System.Runtime.CompilerServices;
using Interop.Core.Tests.Mapping;

namespace Interop.Core.Tests.Design;

public sealed class DesignTests
{
    static readonly Assembly Core = typeof(Outcome<>).Assembly;

    // What the core may use: the base library without its doors to the outside, and two packages that compute. Of System.Runtime.InteropServices it is CollectionsMarshal, which the compiler uses to fill lists.
    static readonly string[] Allowed =
    [
        "NodaTime", "YamlDotNet", "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.ObjectModel",
        "System.Private.CoreLib", "System.Private.Uri", "System.Runtime", "System.Runtime.Extensions", "System.Runtime.InteropServices", "System.Runtime.Intrinsics", "System.Runtime.Numerics", "System.Security.Cryptography", "System.Text.Encoding.Extensions",
        "System.Text.Encodings.Web", "System.Text.Json", "System.Text.RegularExpressions", "System.Xml.ReaderWriter",
    ];

    static readonly string[] Outside = ["System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Net.", "System.Threading.Tasks.", "System.Threading.Thread", "System.Runtime.InteropServices.Marshal", "System.Runtime.InteropServices.NativeLibrary", "System.TimeProvider", "System.Random", "Azure.", "Microsoft."];

    static IEnumerable<Type> Types => Core.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.FullName!.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void Core_References_OnlyWhatComputes() =>
        Assert.Empty(Core.GetReferencedAssemblies().Select(name => name.Name).Except(Allowed));

    [Fact]
    public void Core_Signatures_NameNothingOutside() =>
        Assert.Empty(Types.SelectMany(type => Used(type).Where(IsOutside).Select(used => $"{type} uses {used}")).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Core_Classes_AreSealedOrStaticOrAbstract() =>
        Assert.DoesNotContain(Types, type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

    [Fact]
    public void Core_PublicProperties_AreNotSettableAfterwards() =>
        Assert.Empty(
            from type in Types
            where type.IsVisible
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type}.{property.Name}");

    [Fact]
    public void Core_PublicFields_AreReadOnly() =>
        Assert.Empty(
            from type in Types
            where type.IsVisible
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where field is { IsInitOnly: false, IsLiteral: false, IsSpecialName: false }
            select $"{type}.{field.Name}");

    [Fact]
    public void Core_Interfaces_AreNone() => Assert.DoesNotContain(Types, type => type.IsInterface);

    // The evaluator of jq is the one exception that style allows: a flat dispatch, one case an instruction.
    [Fact]
    public void Sources_StayWithinTheirBudget()
    {
        const int most = 400;
        var root = Path.GetDirectoryName(Repository.Mappings)!;
        var tooLong = new[] { "functions", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetFileName(file) != "Evaluator.cs")
            .Select(file => (File: Path.GetRelativePath(root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > most);
        Assert.Empty(tooLong);
    }

    static IEnumerable<Type> Used(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(all).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        var constructors = type.GetConstructors(all).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType));
        return type.GetFields(all).Select(field => field.FieldType).Concat(methods).Concat(constructors).SelectMany(WithArguments);
    }

    static IEnumerable<Type> WithArguments(Type type) =>
        (type.GetElementType() is { } element ? WithArguments(element) : []).Concat(type.GetGenericArguments().SelectMany(WithArguments)).Append(type);

    static bool IsOutside(Type type) => Outside.Any(name => type.FullName?.StartsWith(name, StringComparison.Ordinal) == true);
}
