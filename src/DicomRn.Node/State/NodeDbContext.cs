using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DicomRn.Node.State;

/// <summary>The state store's tables. Pixel data is never in here: rows name files.</summary>
internal class NodeDbContext : DbContext
{
    public NodeDbContext(DbContextOptions<NodeDbContext> options)
        : base(options)
    {
    }

    protected NodeDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<StudyRecord> Studies => Set<StudyRecord>();

    public DbSet<InstanceRecord> Instances => Set<InstanceRecord>();

    public DbSet<ResultRecord> Results => Set<ResultRecord>();

    public DbSet<StudyResultRecord> StudyResults => Set<StudyResultRecord>();

    public DbSet<DeliveryRecord> Deliveries => Set<DeliveryRecord>();

    public DbSet<CommitmentRecord> Commitments => Set<CommitmentRecord>();

    public DbSet<QuarantineRecord> Quarantine => Set<QuarantineRecord>();

    public DbSet<StudyEventRecord> StudyEvents => Set<StudyEventRecord>();

    public DbSet<AssociationRecord> Associations => Set<AssociationRecord>();

    public DbSet<DeliveryAttemptRecord> DeliveryAttempts => Set<DeliveryAttemptRecord>();

    public DbSet<DeletionRecord> Deletions => Set<DeletionRecord>();

    public DbSet<FetchRecord> Fetches => Set<FetchRecord>();

    public DbSet<FetchedInstanceRecord> Fetched => Set<FetchedInstanceRecord>();

    public DbSet<LeaseRecord> Leases => Set<LeaseRecord>();

    public DbSet<NodeRecord> Nodes => Set<NodeRecord>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        EntityTypeBuilder<StudyRecord> study = modelBuilder.Entity<StudyRecord>();
        study.HasKey(s => s.StudyInstanceUid);
        study.Property(s => s.Version).IsConcurrencyToken();
        study.HasIndex(s => new { s.State, s.DueAt });
        study.HasIndex(s => s.PatientIdKey);

        EntityTypeBuilder<InstanceRecord> instance = modelBuilder.Entity<InstanceRecord>();
        instance.HasKey(i => i.SopInstanceUid);
        instance.HasIndex(i => i.StudyInstanceUid);

        EntityTypeBuilder<ResultRecord> result = modelBuilder.Entity<ResultRecord>();
        result.HasKey(r => r.SopInstanceUid);
        result.HasIndex(r => new { r.StudyInstanceUid, r.Revision });

        modelBuilder.Entity<StudyResultRecord>().HasKey(r => new { r.StudyInstanceUid, r.Revision });

        EntityTypeBuilder<DeliveryRecord> delivery = modelBuilder.Entity<DeliveryRecord>();
        delivery.Property(d => d.Version).IsConcurrencyToken();
        delivery.HasIndex(d => new { d.ResultSopInstanceUid, d.Destination }).IsUnique();
        delivery.HasIndex(d => new { d.Destination, d.State, d.NextAttemptAt });
        delivery.HasIndex(d => d.StudyInstanceUid);
        delivery.HasIndex(d => d.TransactionUid);

        modelBuilder.Entity<CommitmentRecord>().HasKey(c => c.TransactionUid);
        modelBuilder.Entity<StudyEventRecord>().HasIndex(e => e.StudyInstanceUid);
        modelBuilder.Entity<DeliveryAttemptRecord>().HasIndex(a => a.StudyInstanceUid);
        modelBuilder.Entity<AssociationRecord>();
        modelBuilder.Entity<DeletionRecord>().HasIndex(d => d.FinishedAt);

        EntityTypeBuilder<FetchRecord> fetch = modelBuilder.Entity<FetchRecord>();
        fetch.HasKey(f => f.StudyInstanceUid);
        fetch.Property(f => f.Version).IsConcurrencyToken();
        fetch.HasIndex(f => f.NextAttemptAt);
        modelBuilder.Entity<FetchedInstanceRecord>().HasKey(f => new { f.StudyInstanceUid, f.SopInstanceUid });

        EntityTypeBuilder<LeaseRecord> lease = modelBuilder.Entity<LeaseRecord>();
        lease.HasKey(l => l.Fence);
        lease.HasIndex(l => new { l.Kind, l.Resource }).IsUnique();

        modelBuilder.Entity<NodeRecord>().HasKey(n => n.Name);
    }
}
