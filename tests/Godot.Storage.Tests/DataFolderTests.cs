namespace Godot.Storage;

public class DataFolderTests
{
    [Fact]
    public void A_folder_knows_where_it_is() => Assert.Equal("data/server", new DataFolder("data/server").Path);
}
