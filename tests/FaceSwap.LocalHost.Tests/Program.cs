using FaceSwap.LocalHost.Tests.Crash;
using FaceSwap.LocalHost.Tests.Storage;
using Xunit.Runner.InProc.SystemConsole;

// The tests that kill or freeze processes start this program again in another role.
return args switch
{
    [CrashChild.Verb, ..] => await CrashChild.RunAsync(args.AsMemory(1)),
    [LeaseChild.Verb, ..] => await LeaseChild.RunAsync(args.AsMemory(1)),
    _ => await ConsoleRunner.Run(args),
};
