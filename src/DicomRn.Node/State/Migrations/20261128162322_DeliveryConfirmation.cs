using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DicomRn.Node.State.Migrations
{
    /// <inheritdoc />
    public partial class DeliveryConfirmation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Checks",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Confirmation",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DueSince",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NotBefore",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Resends",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Routes",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SentAt",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TransactionUid",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Commitments",
                columns: table => new
                {
                    TransactionUid = table.Column<string>(type: "TEXT", nullable: false),
                    Destination = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReportedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Commitments", x => x.TransactionUid);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_TransactionUid",
                table: "Deliveries",
                column: "TransactionUid");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Commitments");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_TransactionUid",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Checks",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Confirmation",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "DueSince",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "NotBefore",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Resends",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Routes",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "SentAt",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "TransactionUid",
                table: "Deliveries");
        }
    }
}
