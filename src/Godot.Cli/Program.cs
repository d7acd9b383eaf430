namespace Godot; static class P { static void Main() {} }
