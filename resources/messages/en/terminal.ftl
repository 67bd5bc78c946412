# What the command line says.

no-server-runs = No assistant server of yours is running. Start one with “nix-for-humanity serve”, or open the window.
ask-question = { $label }? Type “yes” to do it, anything else not to:
ask-final = This cannot be undone. Type “delete” to do it, anything else not to:
ask-yes = yes
ask-final-word = delete
ask-no-terminal = There is no terminal to ask you at, so nothing was done. Say it at a terminal, or add --yes to do it without being asked.
ask-no-terminal-final = There is no terminal to ask you at, so nothing was done. This cannot be undone, so it is only done at a terminal.
ask-allowed = This is done without asking, because --yes was given.
ask-nothing-said = Nothing was said. Say what you want, for example: nix-for-humanity ask "what is installed?"
ask-begin = Say what you want, one line at a time. “help” says what you can say. Ctrl+D ends this.
ask-stopping = Stopping …
export-exists = { $path } exists already. Choose another name.
export-failed = { $path } could not be written: { $reason }.
export-done =
    { $count ->
        [one] One file was copied to { $path }.
       *[other] { $count } files were copied to { $path }.
    }
delete-while-running = The assistant is running and would write its files again. Close the window and stop the server first.
delete-needs-yes = There is no terminal to ask you at. To delete without being asked, add --yes.
delete-question =
    { $count ->
        [one] Delete one file with everything that this program keeps? This cannot be undone. [yes/no]
       *[other] Delete { $count } files with everything that this program keeps? This cannot be undone. [yes/no]
    }
delete-not-done = Nothing was deleted.
delete-done =
    { $count ->
        [one] One file was deleted ({ $size }).
       *[other] { $count } files were deleted ({ $size }).
    }
delete-key-left = The key of the language model is still in the keyring of this computer, which cannot be used: { $reason }. Unlock the keyring and delete once more. The rest is deleted.
language-unknown = There is no language “{ $language }” here. There are: { $known }.
file-not-readable = The file { $path } cannot be read: { $reason }.
