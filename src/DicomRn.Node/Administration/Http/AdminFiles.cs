using System.Security.Cryptography;
using System.Text.Json;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Http;

/// <summary>
/// What the node leaves in its data directory for the person who looks after it: where the interface listens, and the token
/// for it. Both can be read by the owner of the data directory only, and that is the right to use the interface.
/// </summary>
internal sealed class AdminFiles(DataFolders folders)
{
    private const int TokenBytes = 32;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private string Folder => Path.Combine(folders.NodeRoot, "admin");

    private string EndpointFile => Path.Combine(Folder, "endpoint.json");

    /// <summary>The file of the token, where the settings name no other.</summary>
    public string TokenFile => Path.Combine(Folder, "token");

    /// <summary>The token; made and written where it is absent.</summary>
    /// <param name="file">Its file; only the usual one is made.</param>
    /// <exception cref="InvalidDataException">The file can be read by others, or holds no token.</exception>
    public string ReadOrCreateToken(string file)
    {
        if (file == TokenFile && !File.Exists(TokenFile))
        {
            OwnerOnly.CreateDirectory(Folder);
            OwnerOnly.WriteAllText(TokenFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)) + "\n");
        }

        return ReadToken(file);
    }

    /// <summary>Tells where the interface listens.</summary>
    public void Write(AdminEndpoint endpoint)
    {
        OwnerOnly.CreateDirectory(Folder);
        OwnerOnly.WriteAllText(EndpointFile, JsonSerializer.Serialize(endpoint, Json));
    }

    /// <summary>Where the running node's interface listens; null where none does.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to somebody else.</exception>
    public AdminEndpoint? ReadEndpoint()
    {
        // A folder that one may not look into hides its files: say so instead of "not there".
        if (Directory.Exists(Folder))
            _ = Directory.EnumerateFileSystemEntries(Folder).Any();
        return File.Exists(EndpointFile)
            ? JsonSerializer.Deserialize<AdminEndpoint>(File.ReadAllText(EndpointFile), Json)
            : null;
    }

    /// <summary>The interface listens no more.</summary>
    public void RemoveEndpoint()
    {
        if (File.Exists(EndpointFile))
            File.Delete(EndpointFile);
    }

    /// <summary>Reads a token.</summary>
    /// <exception cref="InvalidDataException">The file can be read by others, or holds no token.</exception>
    public static string ReadToken(string file)
    {
        if (OwnerOnly.Exposure(file) is { } exposure)
            throw new InvalidDataException($"The access token is no secret: {exposure}.");
        string token = File.ReadLines(file).FirstOrDefault("").Trim();
        return token.Length >= 16
            ? token
            : throw new InvalidDataException($"{file}: the first line is no access token; it takes 16 characters at least.");
    }
}

/// <summary>Where the administration interface of a running node listens.</summary>
/// <param name="Url">Its address.</param>
/// <param name="TokenFile">The file of its token.</param>
/// <param name="CertificateSha256">Fingerprint of its certificate; null without TLS.</param>
internal sealed record AdminEndpoint(string Url, string TokenFile, string? CertificateSha256);
