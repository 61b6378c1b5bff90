using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.Functions.Schedules;

/// <summary>The JSON of requests about schedules, and of the smaller answers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleBody))]
[JsonSerializable(typeof(SchedulePatch))]
[JsonSerializable(typeof(ScheduleListBody))]
[JsonSerializable(typeof(ScheduleRunView))]
[JsonSerializable(typeof(ScheduleRunsBody))]
internal sealed partial class SchedulesApiJson : JsonSerializerContext;
