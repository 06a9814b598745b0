using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>One run of a program under mocks.</summary>
internal sealed class MockRun
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(100);
    private static readonly AsyncLocal<MockRun?> s_current = new();

    private readonly ConcurrentQueue<Task> _pending = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Resource> _resources = new();

    public MockRun(IMocks mocks, TestOptions options)
    {
        Mocks = mocks;
        ProjectName = options.ProjectName ?? "project";
        StackName = options.StackName ?? "stack";
        OrganizationName = options.OrganizationName ?? "organization";
        RootDirectory = options.RootDirectory;
        IsPreview = options.IsPreview ?? true;
        Instance = new DeploymentInstance(this);
    }

    public static MockRun? Current => s_current.Value;

    public static MockRun Required =>
        Current ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");

    public IMocks Mocks { get; }

    public DeploymentInstance Instance { get; }

    public string ProjectName { get; }

    public string StackName { get; }

    public string OrganizationName { get; }

    public string? RootDirectory { get; }

    public bool IsPreview { get; }

    public string RootName => $"{ProjectName}-{StackName}";

    public ConfigValues Config { get; } = ConfigValues.FromEnvironment();

    public Faults Faults { get; } = new();

    public Stack? Stack { get; private set; }

    /// <summary>The root, then the others as they reached the mocks.</summary>
    public ImmutableArray<Resource> Resources => [.. _resources];

    /// <summary>
    /// Runs the program until nothing that it started is left, or something failed, which is kept in <see cref="Faults"/>.
    /// What has not failed with it soon after is left to itself, since it may never end. The published package leaves it at once,
    /// and which of the failures it tells is a matter of chance.
    /// </summary>
    public async Task ExecuteAsync(Func<Task> program)
    {
        s_current.Value = this;
        try
        {
            await program();
        }
        catch (Exception exception)
        {
            Faults.Add(exception);
            Fail();
        }

        while (_pending.TryDequeue(out var task))
        {
            await Task.WhenAny(task, _failed.Task);
            if (task.IsCanceled)
                Faults.Add(new TaskCanceledException(task));
            else if (task.Exception is { } failure)
                Faults.Add(failure.InnerExceptions[0]);
        }
    }

    /// <summary>Has the run wait for the task, and fail with it.</summary>
    public void Track(Task task)
    {
        if (task.IsCompletedSuccessfully)
            return;

        _pending.Enqueue(task);
        task.ContinueWith(_ => Fail(), CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);
    }

    public void RegisterRoot(Stack stack)
    {
        Stack ??= stack;
        Reached(stack);
        stack.Outputs.ResolveRoot($"{UrnPrefix}{Stack.RootType}::{stack.GetResourceName()}");
    }

    public void Register(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        var registration = new Registration(this, resource, args, options);
        Track(Task.Run(registration.RunAsync));
    }

    public void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs) =>
        Track(Task.Run(() => RegisterOutputsAsync(resource, outputs)));

    public void Reached(Resource resource) => _resources.Enqueue(resource);

    /// <remarks>Of the parents' types only the outermost is kept, as in the published mock engine.</remarks>
    public string UrnOf(Resource resource) => $"{UrnPrefix}{Stack.RootType}${resource.GetResourceType()}::{resource.GetResourceName()}";

    private string UrnPrefix => $"urn:pulumi:{StackName}::{ProjectName}::";

    private void Fail() => Task.Delay(s_soon).ContinueWith(_ => _failed.TrySetResult(), TaskScheduler.Default);

    private async Task RegisterOutputsAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var plain = ImmutableDictionary.CreateBuilder<string, Output<object?>>();
        foreach (var (name, value) in (await outputs.Data).Value ?? ImmutableDictionary<string, object?>.Empty)
            plain[name] = await PlainOutputAsync(name, value);

        var urn = (await resource.Urn.Data).Value;
        await Mocks.RegisterResourceOutputs(new(urn, plain.ToImmutable()));
    }

    private static async Task<Output<object?>> PlainOutputAsync(string name, object? value)
    {
        var traits = new OutputTraits();
        var plain = await Plain.OfPropertyAsync(name, value, traits);
        return new(Task.FromResult(OutputData<object?>.Of(plain, traits)));
    }
}
