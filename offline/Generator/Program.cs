using Generator;

if (args is not [var schemaFile, var folder])
{
    Console.Error.WriteLine("Say the schema and the folder to fill: dotnet run --project offline/Generator -- offline/docker-schema.json offline/Pulumi.Docker/Generated");
    return 2;
}

var files = Assembly.Of(Schema.Read(File.ReadAllText(schemaFile)));
if (Directory.Exists(folder))
    Directory.Delete(folder, recursive: true);
foreach (var (name, text) in files)
{
    var file = Path.Combine(folder, name);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
}
return 0;
