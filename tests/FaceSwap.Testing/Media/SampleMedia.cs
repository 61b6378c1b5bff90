namespace FaceSwap.Testing.Media;

/// <summary>Small real media, made for this project.</summary>
public static class SampleMedia
{
    /// <summary>Two seconds of H.264 and AAC in MP4, 320×240: a person of cut paper before a window.</summary>
    public static byte[] Clip => Read("clip.mp4");

    /// <summary>A portrait, JPEG.</summary>
    public static byte[] FaceJpeg => Read("face.jpg");

    /// <summary>The same portrait, smaller, PNG.</summary>
    public static byte[] FacePng => Read("face.png");

    private static byte[] Read(string name)
    {
        using var resource = typeof(SampleMedia).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
