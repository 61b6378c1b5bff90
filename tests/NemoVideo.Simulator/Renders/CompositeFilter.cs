using System.Globalization;
using NemoVideo.Simulator.Media;

namespace NemoVideo.Simulator.Renders;

/// <summary>The ffmpeg filter that lays a face (second input) over a clip (first input), in an oval with a soft edge.</summary>
internal static class CompositeFilter
{
    /// <summary>The longest side of a result, in pixels.</summary>
    private const int LongestSide = 1920;

    /// <summary>The face's height, as a part of the clip's shorter side.</summary>
    private const double FacePart = 0.5;

    public static string For(MediaFacts clip)
    {
        var shrink = Math.Min(1, LongestSide / (double)Math.Max(clip.Width, clip.Height));
        var height = Math.Max(16, (int)(Math.Min(clip.Width, clip.Height) * shrink * FacePart));
        return string.Create(CultureInfo.InvariantCulture, $"""
            [0:v]scale=w='min(iw,{LongestSide})':h='min(ih,{LongestSide})':force_original_aspect_ratio=decrease:force_divisible_by=2[clip];
            [1:v]crop=iw*0.72:ih*0.72,scale=-1:{height},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*clip((1-hypot((X-W/2)/(W/2),(Y-H/2)/(H/2)))*8,0,1)'[oval];
            [clip][oval]overlay=x='(W-w)/2':y='(H-h)*0.4',format=yuv420p[out]
            """);
    }
}
