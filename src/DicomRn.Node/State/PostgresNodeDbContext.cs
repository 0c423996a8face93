using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The same tables on PostgreSQL, with migrations of their own: the types of columns differ.</summary>
internal sealed class PostgresNodeDbContext(DbContextOptions<PostgresNodeDbContext> options) : NodeDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Names and UIDs are ordered by their bytes, as on SQLite, whatever the language of the server.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
