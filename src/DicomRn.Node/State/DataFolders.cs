using System.Globalization;

namespace DicomRn.Node.State;

/// <summary>Where everything lies in the data directory.</summary>
internal sealed class DataFolders
{
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="node">Name of the node, where several share the data directory; null where one has it to itself.</param>
    public DataFolders(string dataDirectory, string? node = null)
    {
        Root = Path.GetFullPath(dataDirectory);
        Node = node;
    }

    /// <summary>Absolute path of the data directory.</summary>
    public string Root { get; }

    /// <summary>Name of the node; null where it has the data directory to itself.</summary>
    public string? Node { get; }

    /// <summary>Whether other nodes work in the same data directory.</summary>
    public bool IsShared => Node is not null;

    /// <summary>What is one node's only; another one touches it only while it has the lease of that node's folder.</summary>
    public string NodeRoot => Node is null ? Root : Path.Combine(Root, "nodes", Node);

    /// <summary>The state store's file.</summary>
    public string Database => Path.Combine(Root, "state", "dicomrn.db");

    /// <summary>Why a command that works on that file cannot do it here, for people; null where it can.</summary>
    public string? WhyNoDatabase => File.Exists(Database) ? null
        : Directory.Exists(Path.Combine(Root, "nodes"))
            ? $"{Root}: the state of these nodes is in PostgreSQL, not in a file of the data directory"
            : $"{Root}: no data directory of a node (there is no {Relative(Database)})";

    /// <summary>Held open by the node that owns the folder.</summary>
    public string Lock => Path.Combine(NodeRoot, "node.lock");

    /// <summary>The log of instances that are received and not stored yet.</summary>
    public string InstanceLog => Path.Combine(NodeRoot, "log");

    /// <summary>Where versions before the instance log had the instances that were arriving; removed at start.</summary>
    public string Inbox => Path.Combine(Root, "inbox");

    /// <summary>Received instances: see <see cref="InstanceFile"/>.</summary>
    public string Instances => Path.Combine(Root, "instances");

    /// <summary>Files that were set aside.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Where an instance is set aside: under the same name when it comes again with the same content.</summary>
    /// <param name="sopInstanceUid">Its SOP Instance UID.</param>
    /// <param name="hash">Of its content; at least 8 bytes.</param>
    public string QuarantineFile(string sopInstanceUid, ReadOnlySpan<byte> hash) =>
        Path.Combine(Quarantine, $"{sopInstanceUid}.{Convert.ToHexStringLower(hash[..8])}.dcm");

    /// <summary>Records and results of the pipeline: <c>STUDY/REVISION</c>.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>Objects fetched for studies: see <see cref="FetchedFile"/>.</summary>
    public string Fetched => Path.Combine(Root, "fetched");

    /// <summary>How the names of this node's instance files end: nodes that get the same instance at once write a file each.</summary>
    public string InstanceSuffix => Node is null ? ".dcm" : $"_{Node}.dcm";

    /// <summary>The file of a received instance: <c>STUDY/SERIES/SOP.dcm</c>, or <c>SOP_NODE.dcm</c> where nodes share the folder.</summary>
    public string InstanceFile(string studyInstanceUid, string seriesInstanceUid, string sopInstanceUid) =>
        Path.Combine(Instances, studyInstanceUid, seriesInstanceUid, sopInstanceUid + InstanceSuffix);

    /// <summary>What was fetched for a study.</summary>
    public string FetchedFor(string studyInstanceUid) => Path.Combine(Fetched, studyInstanceUid);

    /// <summary>The file of a fetched object: <c>STUDY/SOP.dcm</c>, of the study that it was fetched for.</summary>
    public string FetchedFile(string studyInstanceUid, string sopInstanceUid) =>
        Path.Combine(FetchedFor(studyInstanceUid), sopInstanceUid + InstanceSuffix);

    /// <summary>The folders of another node in the same data directory.</summary>
    public DataFolders Of(string node) => new(Root, node);

    /// <summary>The work folder of a study's revision.</summary>
    public string WorkOf(string studyInstanceUid, int revision) =>
        Path.Combine(Work, studyInstanceUid, revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>All work folders of a study's revision: where nodes share the data directory there may be one of each lease.</summary>
    public IEnumerable<string> AllWorkOf(string studyInstanceUid, int revision)
    {
        string plain = WorkOf(studyInstanceUid, revision);
        string study = Path.Combine(Work, studyInstanceUid);
        return !IsShared ? [plain]
            : Directory.Exists(study) ? [plain, .. Directory.EnumerateDirectories(study, $"{Path.GetFileName(plain)}.*")]
            : [plain];
    }

    /// <summary>
    /// The work folder of a task. Where nodes share the data directory it bears the number of the lease: a node that has lost
    /// the lease, and may not know it yet, writes where nobody looks. What an earlier attempt left comes along.
    /// </summary>
    public string PrepareWork(StudyTask task)
    {
        string plain = WorkOf(task.StudyInstanceUid, task.Revision);
        if (!IsShared)
            return plain;
        string own = string.Create(CultureInfo.InvariantCulture, $"{plain}.{task.Lease.Fence}");
        string study = Path.Combine(Work, task.StudyInstanceUid);
        Directory.CreateDirectory(study);
        string? earlier = Directory.EnumerateDirectories(study, $"{Path.GetFileName(plain)}.*")
            .MaxBy(folder => long.Parse(Path.GetExtension(folder.AsSpan())[1..], CultureInfo.InvariantCulture));
        if (earlier is not null && earlier != own)
            Directory.Move(earlier, own);
        return own;
    }

    /// <summary>The path as the state store has it.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The file of a path from the state store.</summary>
    public string Absolute(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));
}
