using FaceSwap.FunctionsHost;

return await FunctionsHostProgram.RunAsync(args);
