### What is said when the program's own files cannot be used.

own-disk-full = The disk is full, so this program cannot write down what it does.
own-disk-full-advice = Free some space: clean up, or delete large files that you do not need. Then try again.
own-read-only = The disk of this program's files can only be read at the moment, so it cannot write down what it does.
own-read-only-advice = Restart the computer. If that does not help, the disk may be failing: copy your files to another disk.
own-not-allowed = This program is not allowed to write to its own files.
own-not-allowed-advice = Its folders in your home folder may belong to another user, for example after running it as administrator. Make them yours again, then try again.
own-disk-failing = The disk reported an error while this program used its own files.
own-disk-failing-advice = Copy your files to another disk soon: this one may be failing.
own-file-damaged = A file that this program keeps is damaged.
own-file-damaged-advice = Close the program and start it again: it then keeps the damaged file aside and begins a new one.
own-file-busy = Another program uses the files of this program right now.
own-file-busy-advice = Wait a moment, then try again.
session-not-kept = You can go on, but what is said from now on may be missing when you open this conversation again.
kept-aside-journal = The record of past changes was damaged, so a new one was begun. What is installed is as it was, but earlier changes cannot be undone with one click. The damaged file is kept as { $path }.
kept-aside-sessions = Your past conversations could not be read, so a new file was begun. The damaged file is kept as { $path }.

### The next step, where something is missing.

no-channel-advice = A channel is the collection that packages come from. Type these two lines in a terminal to add one, then ask me again:
no-package-source-advice = Type these two lines in a terminal to add a collection of packages, then ask me again:
nix-daemon-unreachable-advice = Start it with this line in a terminal, then ask me again. On Debian you must also be in the group nix-users.
disk-full-advice = Clean up, or delete large files that you do not need. Then try again. Nothing was changed.
package-unfree-advice =
    { $level ->
        [beginner] Its makers do not let everyone look into it, change it and pass it on. Such programs have to be allowed in the settings of Nix first, and I do not change those settings. Nothing was changed. Ask someone who looks after your computer if you need this one.
       *[other] Its makers do not let everyone look into it, change it and pass it on, so Nix wants you to allow such programs first. On NixOS, set nixpkgs.config.allowUnfree to true. For nix-env, write this line into the file ~/.config/nixpkgs/config.nix. For “nix profile”, also set NIXPKGS_ALLOW_UNFREE=1 and add --impure. Nothing was changed.
    }
unfree-alternatives =
    { $count ->
        [one] This program is free and does something like it:
       *[other] These programs are free and do something like it:
    }
get-nix = This is how you get Nix on { $system }. Type it in a terminal:
get-nix-then = Then close this program and start it again.
get-nix-elsewhere = The website of Nix tells how to install it on your system. Then close this program and start it again.

# When the assistant cannot even start because of them.

start-own-disk-full = The assistant cannot start: the disk is full, and it needs a little room in { $folder }. Free some space, then press Retry.
start-own-read-only = The assistant cannot start: the disk with { $folder } can only be read at the moment. Restart the computer. If that does not help, the disk may be failing.
start-own-not-allowed = The assistant cannot start: it is not allowed to write in { $folder }. That folder must belong to you. Change that, then press Retry.
start-own-disk-failing = The assistant cannot start: the disk with { $folder } makes errors. Copy your files to another disk soon.
start-own-file-damaged = The assistant cannot start: a file in { $folder } is damaged. Move that folder to another place, then press Retry. The conversations and the history in it are then no longer shown.
start-own-file-busy = The assistant cannot start: another program uses a file in { $folder }. Close that program, then press Retry.
