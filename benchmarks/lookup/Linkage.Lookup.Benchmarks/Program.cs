using Linkage.Lookup.Benchmarks;

// Figures as Markdown on standard output; benchmarks/lookup/run keeps them.
switch (args)
{
    case ["sources", string folder, string sources, string records]:
        SampleSources.Create(folder, Figures.Number(sources), Figures.Number(records)).Dispose();
        return 0;
    case ["index", string folder]:
        using (var sources = SampleSources.Open(folder))
        {
            IndexPhase.Run(sources, Console.Out);
        }

        return 0;
    case ["messages", string folder, string file]:
        using (var sources = SampleSources.Open(folder))
        {
            MessagesPhase.Run(sources, file);
        }

        return 0;
    case ["additions", .. string[] csv]:
        AdditionsPhase.Run(csv, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("""
            sources FOLDER SOURCES RECORDS    generate people, and encode the records of every source into the folder
            index FOLDER                      time and memory of an index over them, without a server
            messages FOLDER FILE              people of a further source, encoded one by one, for a server to be asked
            additions [CSV ...]               records added one by one against a run of all; generated people if no file
            """);
        return 1;
}
