using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Infra.Model;

namespace Infra.Tests.Model;

public sealed class SecretFormsTests
{
    private const string Hard = """p@ss w/rd#%$"'\x ñ🔑""";
    private static readonly Secret Password = new("password");
    private static readonly ImmutableArray<SecretForm> Line = [SecretForm.Line, SecretForm.Url];

    [Fact]
    public void A_URL_has_it_percent_encoded()
    {
        var url = Text(Template.From($"redis://:{Password.In(SecretForm.Url)}@redis:6379/0"), Hard);

        url.Should().Be("redis://:p%40ss%20w%2Frd%23%25%24%22%27%5Cx%20%C3%B1%F0%9F%94%91@redis:6379/0");
        Uri.UnescapeDataString(new Uri(url).UserInfo[1..]).Should().Be(Hard);
    }

    [Fact]
    public void A_configuration_has_it_between_quotes_as_JSON_reads_them()
    {
        var text = Text(Password.In(SecretForm.Quoted), Hard);

        text.Should().Be("""
            "p@ss w/rd#%$\"'\\x ñ🔑"
            """);
        JsonSerializer.Deserialize<string>(text).Should().Be(Hard);
    }

    [Fact]
    public void Erlang_has_it_as_bytes() => Text(Password.In(SecretForm.ErlangBinary), "a\"ñ").Should().Be("<<97,34,195,177>>");

    [Fact]
    public void A_line_is_taken_without_the_break_at_its_end_wherever_it_stands()
    {
        foreach (var form in new[] { SecretForm.Line, SecretForm.Url, SecretForm.Quoted, SecretForm.ErlangBinary })
            Text(Password.In(form), "pw\n").Should().Be(Text(Password.In(form), "pw"), form.ToString());
        ((SecretValue)"pw\n").Taken([SecretForm.Bytes, SecretForm.Line]).Text.Should().Be("pw", "one value is the same in every place");
    }

    [Theory]
    [InlineData(SecretForm.Bytes)]
    [InlineData(SecretForm.Variable)]
    public void Another_secret_is_carried_byte_for_byte(SecretForm form)
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 0xFF, (byte)'\r', (byte)'\n', (byte)'\n'];

        Password.In(form).Render(_ => new SecretValue(bytes)).Bytes.ToArray().Should().Equal(bytes);
    }

    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData("\n", "It is empty.")]
    [InlineData("a\nb", "It has more than one line.")]
    [InlineData("a\n\n", "It has more than one line.")]
    [InlineData("a\r\n", "It has a carriage return, as Windows' line breaks have.")]
    [InlineData("a\0b", "It has a NUL byte.")]
    [InlineData("\uFEFFa", "It has a byte order mark.")]
    [InlineData("a\tb", "It has a control character.")]
    [InlineData(" a", "It begins or ends with a blank.")]
    [InlineData("a \n", "It begins or ends with a blank.")]
    public void A_password_is_one_line_of_text(string value, string what)
        => ((SecretValue)value).Problem(Line)!.Value.What.Should().Be(what);

    [Fact]
    public void A_password_in_another_encoding_is_none()
    {
        new SecretValue([0x70, 0xF1]).Problem(Line)!.Value.What.Should().Be("It is not UTF-8 text.");
        new SecretValue([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("pw")])
            .Problem(Line)!
            .Value.What.Should()
            .Be("It is not UTF-8 text.");
    }

    [Theory]
    [InlineData(Hard)]
    [InlineData("echo's\n")]
    public void Any_other_characters_will_do(string value) => ((SecretValue)value).Problem(Line).Should().BeNull();

    [Fact]
    public void A_blank_is_refused_where_a_program_would_take_the_password_apart()
    {
        ((SecretValue)"p@ss w/rd")
            .Problem([.. Line, SecretForm.Word])!
            .Value.What.Should()
            .Be("It has a blank, where a program that reads it would split it.");
        ((SecretValue)"""p@ss~w/rd#%$"'\x""").Problem([.. Line, SecretForm.Word]).Should().BeNull();
    }

    [Fact]
    public void A_secret_of_the_application_s_own_may_be_anything_but_nothing()
    {
        new SecretValue([0, 0xFF, (byte)'\r']).Problem([SecretForm.Bytes]).Should().BeNull();
        ((SecretValue)"").Problem([SecretForm.Bytes])!.Value.What.Should().Be("It is empty.");
    }

    [Fact]
    public void What_a_variable_cannot_carry_is_refused_where_it_is_to_be_one()
    {
        var form = ImmutableArray.Create(SecretForm.Variable);

        ((SecretValue)"a\0b")
            .Problem(form)
            .Should()
            .Be(("It has a NUL byte, which no variable can carry.", "Deliver it as a file (infra:app.delivery: file)."));
        ((SecretValue)new string('x', 128 * 1024)).Problem(form)!.Value.What.Should().Be("It is longer than a variable can be.");
        ((SecretValue)"two\nlines\r\n").Problem(form).Should().BeNull();
    }

    [Fact]
    public void Templates_that_write_a_secret_differently_are_not_the_same()
    {
        Password.In(SecretForm.Url).Should().NotBe(Password.In(SecretForm.Line));
        Password.In(SecretForm.Url).Should().Be(Password.In(SecretForm.Url));
    }

    [Fact]
    public void A_value_is_never_printed() => $"{(SecretValue)"hunter2"}".Should().Be("…");

    private static string Text(Template template, string value) => template.Render(_ => value).Text!;
}
