using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DicomRn.Node.State.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Fetching : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "PatientIdKey",
                table: "Studies",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Fetched",
                columns: table => new
                {
                    StudyInstanceUid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SopInstanceUid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SopClassUid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SeriesInstanceUid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OwnStudyInstanceUid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fetched", x => new { x.StudyInstanceUid, x.SopInstanceUid });
                });

            migrationBuilder.CreateTable(
                name: "Fetches",
                columns: table => new
                {
                    StudyInstanceUid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Wanted = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsNeeded = table.Column<bool>(type: "boolean", nullable: false),
                    TakenSinceRun = table.Column<int>(type: "integer", nullable: false),
                    IsWoken = table.Column<bool>(type: "boolean", nullable: false),
                    AskedRevision = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "bigint", nullable: true),
                    WaitUntil = table.Column<long>(type: "bigint", nullable: true),
                    AskUntil = table.Column<long>(type: "bigint", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    Rounds = table.Column<int>(type: "integer", nullable: false),
                    Entries = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fetches", x => x.StudyInstanceUid);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_PatientIdKey",
                table: "Studies",
                column: "PatientIdKey");

            migrationBuilder.CreateIndex(
                name: "IX_Fetches_NextAttemptAt",
                table: "Fetches",
                column: "NextAttemptAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Fetched");

            migrationBuilder.DropTable(
                name: "Fetches");

            migrationBuilder.DropIndex(
                name: "IX_Studies_PatientIdKey",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "PatientIdKey",
                table: "Studies");
        }
    }
}
