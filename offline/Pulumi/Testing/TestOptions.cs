namespace Pulumi.Testing;

/// <summary>What a run under mocks believes of itself.</summary>
public class TestOptions
{
    /// <summary>Defaults to <c>project</c>.</summary>
    public string? ProjectName { get; set; }

    public string? RootDirectory { get; set; }

    /// <summary>Defaults to <c>stack</c>.</summary>
    public string? StackName { get; set; }

    /// <summary>Defaults to true.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>Defaults to <c>organization</c>.</summary>
    public string? OrganizationName { get; set; }
}
