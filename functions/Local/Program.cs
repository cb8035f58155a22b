using Interop.Local.Commands;

return await CommandLine.Run(args);
