using System.Reflection;
using Infra.Model;
using Infra.Operations.Loading;

namespace Infra.Tests.Operations;

/// <summary>Who finds something in a stack stands in one list.</summary>
public sealed class StackReviewTests
{
    // What others of the folder ask: of one image, and of the list itself.
    private static readonly string[] AskedByOthers = ["Entrypoints.Find", "ScriptLineEnds.Find", "StackReview.Find"];

    [Fact]
    public void Every_finder_of_the_folder_is_in_the_list() => Finders()
        .Select(Name)
        .Except(AskedByOthers)
        .Should()
        .NotBeEmpty()
        .And.BeSubsetOf(StackReview.Sources.Select(source => Name(source.Find.Method)));

    [Fact]
    public void Each_is_asked_at_some_moment() => StackReview.Sources.Should().NotContain(source => source.Points == ReviewPoints.None);

    [Fact]
    public void Nobody_is_in_it_twice() => StackReview.Sources.Select(source => source.Find.Method).Should().OnlyHaveUniqueItems();

    private static IEnumerable<MethodInfo> Finders() =>
        from type in typeof(StackReview).Assembly.GetTypes()
        where type.Namespace == typeof(StackReview).Namespace && !type.IsNested
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where !method.IsPrivate && typeof(IEnumerable<Finding>).IsAssignableFrom(method.ReturnType)
        select method;

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
