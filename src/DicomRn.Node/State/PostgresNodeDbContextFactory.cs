using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DicomRn.Node.State;

/// <summary>
/// For <c>dotnet ef migrations add NAME --context PostgresNodeDbContext --output-dir State/Migrations/Postgres</c> only; see
/// <see cref="NodeDbContextFactory"/>.
/// </summary>
internal sealed class PostgresNodeDbContextFactory : IDesignTimeDbContextFactory<PostgresNodeDbContext>
{
    public PostgresNodeDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresNodeDbContext>().UseNpgsql("Host=design").Options);
}
