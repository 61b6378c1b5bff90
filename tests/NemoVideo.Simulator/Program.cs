using NemoVideo.Simulator;

await SimulatorHost.Build(args).RunAsync();
