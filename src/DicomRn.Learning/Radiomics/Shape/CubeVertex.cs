namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>The middle of an edge of a cube: twice its position, so that it is whole.</summary>
internal readonly record struct CubeVertex(int X, int Y, int Z)
{
    /// <param name="edge">Eight times the lower corner plus the upper one.</param>
    public static CubeVertex OnEdge(int edge)
    {
        int a = edge / 8, b = edge % 8;
        return new CubeVertex((a & 1) + (b & 1), (a >> 1 & 1) + (b >> 1 & 1), (a >> 2) + (b >> 2));
    }

    public static int SquaredDistance(CubeVertex a, CubeVertex b) =>
        (a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y) + (a.Z - b.Z) * (a.Z - b.Z);

    /// <summary>Six times the signed volume that a triangle spans with the origin.</summary>
    public static int Determinant(CubeVertex a, CubeVertex b, CubeVertex c) =>
        a.X * (b.Y * c.Z - b.Z * c.Y) + a.Y * (b.Z * c.X - b.X * c.Z) + a.Z * (b.X * c.Y - b.Y * c.X);

    public static double Area(CubeVertex a, CubeVertex b, CubeVertex c)
    {
        int ux = b.X - a.X, uy = b.Y - a.Y, uz = b.Z - a.Z, vx = c.X - a.X, vy = c.Y - a.Y, vz = c.Z - a.Z;
        int x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;
        return Math.Sqrt((double)x * x + (double)y * y + (double)z * z) / 2;
    }
}
