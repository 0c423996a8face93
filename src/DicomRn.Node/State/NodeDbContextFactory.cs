using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DicomRn.Node.State;

/// <summary>
/// For <c>dotnet ef migrations add NAME --context NodeDbContext --output-dir State/Migrations</c> only, run in this project
/// with the environment variable <c>EfDesign=true</c>, which adds the design package. Every change of the tables needs a
/// migration of each database: see <see cref="PostgresNodeDbContextFactory"/>.
/// </summary>
internal sealed class NodeDbContextFactory : IDesignTimeDbContextFactory<NodeDbContext>
{
    public NodeDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<NodeDbContext>().UseSqlite("Data Source=design.db").Options);
}
