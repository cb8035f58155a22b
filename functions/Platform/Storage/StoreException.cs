namespace Interop.Platform.Storage;

/// <summary>The medium failed: a full disk, a broken file, an unreachable service. What was asked is either wholly done or not at all; read to learn which.</summary>
public sealed class StoreException : Exception
{
    /// <summary>A failure without a reason.</summary>
    public StoreException() : base("The store failed.")
    {
    }

    /// <summary>A failure with its reason.</summary>
    public StoreException(string message) : base(message)
    {
    }

    /// <summary>A failure with its reason and cause.</summary>
    public StoreException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
