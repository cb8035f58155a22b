using Interop.Local.Commands;

return await CommandLine.Create().Parse(args).InvokeAsync();
