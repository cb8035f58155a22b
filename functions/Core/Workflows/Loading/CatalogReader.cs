using Interop.Core.Sources;

namespace Interop.Core.Workflows.Loading;

/// <summary>Functions of the host's own catalog, called as <c>name:version@default</c>: read as if they stood under <c>use.functions</c> with that name.</summary>
static class CatalogReader
{
    const string Default = "default";

    /// <summary>Makes the function known; false if it is of another catalog. One that the host's catalog does not have is reported.</summary>
    public static bool Take(LoadContext context, Place place, string name, string task)
    {
        var (function, catalog) = (name[..name.LastIndexOf('@')], name[(name.LastIndexOf('@') + 1)..]);
        if (name.Contains("://", StringComparison.Ordinal)) return false;
        if (context.Use.Catalogs.ContainsKey(catalog)) return false;
        if (catalog != Default)
        {
            context.Problems.UnknownName(place, "undefined", "catalog", catalog, context.Use.Catalogs.Keys.Append(Default), "");
            return false;
        }

        if (!context.Host.Catalog.TryGetValue(function, out var text))
        {
            context.Refusals.UnknownName(place, "undefined", $"function for the task \"{task}\" in this host's catalog named", function, context.Host.Catalog.Keys, "It is empty. Define the function under use.functions.");
            return false;
        }

        var read = SourceReader.Read(text, $"{function}/function.yaml");
        if (!read.Succeeded)
        {
            context.Problems.AddRange(read.Problems);
            return false;
        }

        context.Use.Functions[name] = new SourceEntry(name, place, read.Value);
        return true;
    }
}
