using System.Globalization;

namespace DicomRn.Node.State;

/// <summary>Where everything lies in the data directory.</summary>
internal sealed class DataFolders
{
    public DataFolders(string dataDirectory) => Root = Path.GetFullPath(dataDirectory);

    /// <summary>Absolute path of the data directory.</summary>
    public string Root { get; }

    /// <summary>The state store's file.</summary>
    public string Database => Path.Combine(Root, "state", "dicomrn.db");

    /// <summary>Held open by the node that owns the data directory.</summary>
    public string Lock => Path.Combine(Root, "node.lock");

    /// <summary>The log of instances that are received and not stored yet.</summary>
    public string InstanceLog => Path.Combine(Root, "log");

    /// <summary>Where versions before the instance log had the instances that were arriving; removed at start.</summary>
    public string Inbox => Path.Combine(Root, "inbox");

    /// <summary>Received instances: <c>STUDY/SERIES/SOP.dcm</c>.</summary>
    public string Instances => Path.Combine(Root, "instances");

    /// <summary>Files that were set aside.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Records and results of the pipeline: <c>STUDY/REVISION</c>.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>The work folder of a study's revision.</summary>
    public string WorkOf(string studyInstanceUid, int revision) =>
        Path.Combine(Work, studyInstanceUid, revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>The path as the state store has it.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The file of a path from the state store.</summary>
    public string Absolute(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));
}
