namespace DicomRn.Fuzzing;

/// <summary>An input that did what none may do.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Kind">The exception's type, "memory" or "hang".</param>
/// <param name="Place">Where it came from; findings of one kind and place are one.</param>
/// <param name="Input">The input.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record Finding(string Target, string Kind, string Place, byte[] Input, string Detail)
{
    /// <summary>Writes the input, and beside it what was seen.</summary>
    /// <returns>The input's path.</returns>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Input))[..12];
        string path = Path.Combine(folder, $"{Target}-{Kind}-{hash}.bin");
        File.WriteAllBytes(path, Input);
        File.WriteAllText(path + ".txt", Detail);
        return path;
    }

    public static Finding Of(string target, byte[] input, Exception exception)
    {
        string? frame = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("DicomRn.", StringComparison.Ordinal));
        return new Finding(target, exception.GetType().Name, frame?.Trim() ?? "", input, exception.ToString());
    }
}
