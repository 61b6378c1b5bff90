using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Media;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Names the media of a batch whose items share a session, so that each instruction can say which are meant.</summary>
internal static class SharedSession
{
    /// <summary>How many items may share a session.</summary>
    public const int MostItems = 20;

    /// <summary>The items with names for their media; those without words of their own are told which video and which face.</summary>
    /// <param name="jobs">The items.</param>
    /// <param name="speaks">For each of them, whether it has an instruction of its own.</param>
    public static IReadOnlyList<FaceSwapJobInput> Name(IReadOnlyList<FaceSwapJobInput> jobs, IReadOnlyList<bool> speaks)
    {
        var names = new Dictionary<(MediaRole, MediaSource), string>();
        var counts = new Dictionary<MediaRole, int>();
        MediaSource? Named(MediaRole role, MediaSource? source)
        {
            if (source is null)
            {
                return null;
            }

            if (!names.TryGetValue((role, source), out var name))
            {
                var number = counts[role] = counts.GetValueOrDefault(role) + 1;
                names[(role, source)] = name = MediaSource.NameOf(role, number);
            }

            return source with { Name = name };
        }

        FaceSwapJobInput[] named =
        [
            .. jobs.Select(item => item with
            {
                Job = item.Job with
                {
                    Video = Named(MediaRole.Video, item.Job.Video),
                    Face = Named(MediaRole.Face, item.Job.Face),
                    Audio = Named(MediaRole.Audio, item.Job.Audio),
                },
            }),
        ];
        var isPlain = counts.Values.All(count => count == 1);
        return [.. named.Zip(speaks, (item, own) => own || isPlain ? item : item with { Job = item.Job with { Instruction = Words(item.Job) } })];
    }

    private static string Words(JobInput job) => $"swap the face in {job.Video!.Name} with the face from {job.Face!.Name}";
}
