using Infra;
using Infra.Cli;

// Started by the Pulumi CLI, this is a Pulumi program; otherwise it is a command line.
return PulumiProgram.IsAsked ? await PulumiProgram.RunAsync() : await CommandLineApp.RunAsync(args);
