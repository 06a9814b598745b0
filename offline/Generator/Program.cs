using System.Text.Json;
using Generator;

if (args is not [var schemaFile, var sourceFile])
{
    Console.Error.WriteLine("Say the schema and the file to write: dotnet Generator.dll offline/docker-schema.json Pulumi.Docker.g.cs");
    return 2;
}

try
{
    var source = SourceFile.From(Assembly.TypesOf(Schema.Read(File.ReadAllText(schemaFile))));
    // Whoever compiles at the same time reads the file of before or this one, never a half.
    var draft = sourceFile + "." + Environment.ProcessId;
    File.WriteAllText(draft, source);
    File.Move(draft, sourceFile, overwrite: true);
    return 0;
}
// As MSBuild takes it for an error of that file.
catch (JsonException error)
{
    Console.Error.WriteLine($"{schemaFile}({error.LineNumber + 1},{error.BytePositionInLine + 1}): error : The file is no JSON: {error.Message}");
}
catch (InvalidDataException error)
{
    Console.Error.WriteLine($"{schemaFile} : error : {error.Message}");
}
return 1;
