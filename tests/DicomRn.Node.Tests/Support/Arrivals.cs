using DicomRn.Node.Assembly;

namespace DicomRn.Node.Tests.Support;

/// <summary>What is on its way, as a test says.</summary>
internal sealed class Arrivals : IStudyArrivals
{
    private string? _study;

    public event Action? Settled;

    public bool AreAny => _study is not null;

    public bool IsArriving(string studyInstanceUid) => _study == studyInstanceUid;

    /// <summary>Something of a study arrives.</summary>
    public void Begin(string studyInstanceUid) => _study = studyInstanceUid;

    /// <summary>It is in the state store.</summary>
    public void End()
    {
        _study = null;
        Settled?.Invoke();
    }
}
