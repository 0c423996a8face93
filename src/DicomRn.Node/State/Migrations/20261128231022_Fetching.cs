using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DicomRn.Node.State.Migrations
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
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Fetched",
                columns: table => new
                {
                    StudyInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    SopInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    SopClassUid = table.Column<string>(type: "TEXT", nullable: false),
                    SeriesInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    OwnStudyInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fetched", x => new { x.StudyInstanceUid, x.SopInstanceUid });
                });

            migrationBuilder.CreateTable(
                name: "Fetches",
                columns: table => new
                {
                    StudyInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    Wanted = table.Column<string>(type: "TEXT", nullable: false),
                    IsNeeded = table.Column<bool>(type: "INTEGER", nullable: false),
                    TakenSinceRun = table.Column<int>(type: "INTEGER", nullable: false),
                    IsWoken = table.Column<bool>(type: "INTEGER", nullable: false),
                    AskedRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WaitUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    AskUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    Rounds = table.Column<int>(type: "INTEGER", nullable: false),
                    Entries = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
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
