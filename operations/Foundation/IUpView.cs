namespace Infra.Operations.Foundation;

/// <summary>Shows how far each image and service has come.</summary>
public interface IUpView
{
    /// <summary>This one has come to this state.</summary>
    void Show(string name, string state);
}
