namespace NemoVideo.Simulator.Gates;

/// <summary>A gate as a test sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arrivals">How many calls or messages came to it.</param>
/// <param name="Open">True once it was released; it then holds no one any more.</param>
public sealed record GateView(string Name, int Arrivals, bool Open);
