using DicomRn.CommandLine;

return await CommandLineProgram.RunAsync(args, CommandConsole.ForProcess());
