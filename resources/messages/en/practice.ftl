practice-folder-in-use = The folder { $path } holds other files. Practice needs an empty folder of its own. Nothing was changed.
practice-folder-name = Practice cannot use the folder { $path }, because its name holds a character that Nix does not accept. Choose a folder whose name has only letters, digits and the characters - _ . in it.
