namespace DicomRn.Node.Assembly;

/// <summary>What has been received of studies and is not in the state store yet.</summary>
internal interface IStudyArrivals
{
    /// <summary>Some of it is in the state store now; handlers only wake somebody up.</summary>
    event Action? Settled;

    /// <summary>Whether anything is on its way.</summary>
    bool AreAny { get; }

    /// <summary>Whether something of a study is on its way.</summary>
    bool IsArriving(string studyInstanceUid);
}
