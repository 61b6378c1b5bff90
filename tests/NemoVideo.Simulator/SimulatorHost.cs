using Microsoft.Extensions.Options;
using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Control;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Media;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Sessions;
using NemoVideo.Simulator.State;
using NemoVideo.Simulator.Uploads;

namespace NemoVideo.Simulator;

/// <summary>Puts the simulator together.</summary>
internal static class SimulatorHost
{
    /// <summary>Builds the web application; <c>--no-composite</c> is short for <c>--composite false</c>.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder([.. args.Select(arg => arg == "--no-composite" ? "--composite=false" : arg)]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // The upload limit is the backend's own and answers 4002; slow senders are part of the scenarios.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        AddServices(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.MapBackend();
        app.MapControl();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"simulator ready at {app.Urls.First()}"));
        return app;
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        services.AddOptions<SimulatorOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new HttpClient());
        services.AddSingleton<BackendLedger>().AddSingleton<Counters>().AddSingleton<ScenarioBook>().AddSingleton<FaultPlayer>();
        services.AddSingleton<GateKeeper>().AddSingleton<PhaseClock>().AddSingleton<Bearer>().AddSingleton<FaultAnswers>().AddSingleton<FrontDesk>().AddSingleton<MediaFolder>();
        services.AddSingleton<AnonymousTokenEndpoint>().AddSingleton<ClaimTokenEndpoint>().AddSingleton<CreditsEndpoint>();
        services.AddSingleton<SessionEndpoint>().AddSingleton<StateEndpoint>().AddSingleton<ControlEndpoints>();
        services.AddSingleton<FileIntake>().AddSingleton<MultipartIntake>().AddSingleton<AddressIntake>().AddSingleton<UploadEndpoint>();
        services.AddSingleton<MessageScript>().AddSingleton<MessageRunner>().AddSingleton<MessageEndpoint>();
        services.AddSingleton<Compositor>().AddSingleton<RenderFarm>().AddSingleton<SubmitEndpoint>().AddSingleton<RenderEndpoints>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<RenderFarm>());
    }
}
