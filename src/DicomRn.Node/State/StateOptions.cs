using DicomRn.Node.Administration.Settings;
using Npgsql;

namespace DicomRn.Node.State;

/// <summary>Where the state is kept, and how several nodes share its work: the section <c>State</c>.</summary>
public sealed class StateOptions : IValidatedSettings
{
    /// <summary>The database. Default: SQLite, a file in the data directory, for one node.</summary>
    public StateProvider Provider { get; set; }

    /// <summary>Where the PostgreSQL server is, as Npgsql writes it: <c>Host=…;Database=…;Username=…</c>. Needed with PostgreSQL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The password, if it is not in <see cref="PasswordFile"/>; best given by an environment variable.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// How long a node may be silent before others take over its work, by the clock of the database. A node that cannot reach
    /// the database for this long stops. Default 30 s.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a node looks for work that others left it; PostgreSQL only. Default 1 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether several nodes may share the state.</summary>
    internal bool IsShared => Provider == StateProvider.PostgreSql;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(LeaseDuration), LeaseDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.RequireRange(nameof(PollInterval), PollInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5));
        errors.RequireFile(nameof(PasswordFile), PasswordFile);
        // The text may hold a password, so no error repeats it.
        const string Allowed = "Host=…;Database=…;Username=…";
        if (IsShared && string.IsNullOrWhiteSpace(ConnectionString))
            errors.Add(nameof(ConnectionString), null, "missing, and needed with PostgreSql", Allowed);
        else if (!IsShared && !string.IsNullOrWhiteSpace(ConnectionString))
            errors.Add(nameof(Provider), Provider, "there is a connection string, which only PostgreSql has", nameof(StateProvider.PostgreSql));
        else if (ConnectionString is not null && !CanRead(ConnectionString))
            errors.Add(nameof(ConnectionString), null, "not a connection string of PostgreSQL", Allowed);
        if (Password is not null && PasswordFile is not null)
            errors.Add(nameof(PasswordFile), PasswordFile, "there is a Password too", "one of both");
    }

    /// <summary>The connection string with its password.</summary>
    /// <exception cref="IOException">The file of the password cannot be read.</exception>
    internal NpgsqlConnectionStringBuilder ReadConnectionString()
    {
        NpgsqlConnectionStringBuilder builder = new(ConnectionString);
        if (PasswordFile is not null)
            builder.Password = File.ReadLines(PasswordFile).FirstOrDefault();
        else if (Password is not null)
            builder.Password = Password;
        builder.ApplicationName ??= "dicomrn";
        return builder;
    }

    private static bool CanRead(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
