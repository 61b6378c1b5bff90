using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>Which payloads the event stream carries.</summary>
[JsonConverter(typeof(SnakeCaseEnum<EventShape>))]
public enum EventShape
{
    /// <summary>Events of the form type and content.</summary>
    Flat,

    /// <summary>Event objects of the agent framework, in camel case.</summary>
    Framework,
}
