using System.Text.Json;

namespace Interop.Platform.Rows;

/// <summary>Names of enumerations as they are stored, shown and sent.</summary>
static class Kebab
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
