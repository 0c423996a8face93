namespace DicomRn.Demonstration;

/// <summary>Where a demonstration keeps what.</summary>
/// <param name="Root">The folder of the demonstration.</param>
internal sealed record DemoFolders(string Root)
{
    /// <summary>The phantom study as the scanner sends it.</summary>
    public string Study => Path.Combine(Root, "study");

    /// <summary>The node's data directory.</summary>
    public string Node => Path.Combine(Root, "node");

    /// <summary>What the PACS has received.</summary>
    public string Pacs => Path.Combine(Root, "pacs");

    /// <summary>The overlays as PNG files.</summary>
    public string Overlays => Path.Combine(Root, "overlays");

    /// <summary>The node's log.</summary>
    public string Log => Path.Combine(Root, "node.log");
}
