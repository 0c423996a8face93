namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>A vertex of a mesh between voxel centres, in half voxels: whole numbers, so that geometry on them is exact.</summary>
internal readonly record struct MeshVertex(int I, int J, int K);
