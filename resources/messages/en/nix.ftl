### What Nix says, what keeps it from working, and what its errors mean.

## What a command is doing (`Progress.phase`)

nix-phase-preparing = Preparing
nix-phase-waiting = Waiting for another program that uses Nix
nix-phase-downloading = Downloading
nix-phase-copying = Copying
nix-phase-building = Building
nix-phase-unpacking = Building: unpacking
nix-phase-patching = Building: preparing the sources
nix-phase-configuring = Building: configuring
nix-phase-compiling = Building: compiling
nix-phase-checking = Building: testing
nix-phase-installing = Building: copying into place
nix-phase-finishing = Building: finishing
nix-phase-deleting = Deleting

## Why something cannot be done

needs-nix = This needs Nix, and Nix is not installed on this computer.
nix-broken = Nix is installed, but it does not work. It said: { $detail }
nix-too-slow = Nix did not answer within { $seconds } seconds, so it was stopped. Nothing was changed.
nix-output-too-long = Nix printed more than this program can read.
nix-cannot-start = The command { $program } could not be started: { $reason }
profile-unreadable = The list of your installed packages could not be read. { $detail }
package-not-found = There is no package named { $package } where your packages come from.
package-unfree =
    { $level ->
        [beginner] { $package } is not free software, and this computer is not set to allow such programs.
       *[other] { $package } has a license that is not free, and your settings do not allow that.
    }
package-insecure = { $package } has known security holes, so Nix refuses to install it.
package-broken = { $package } is marked as broken: it is known that it cannot be built.
package-unsupported = { $package } is not made for this kind of computer.
package-renamed = { $package } has a new name: { $replacement }.
package-removed = { $package } was removed from the package collection.
package-not-installed = { $package } is not in your list of installed packages.
nix-already-installed =
    { $version ->
        [none] { $package } is already installed.
       *[other] { $package } is already installed, in version { $version }.
    }
already-current-generation =
    { $level ->
        [beginner] The state of your programs with the number { $generation } is in use already.
       *[other] Generation { $generation } is already the current one.
    }
generation-not-found =
    { $level ->
        [beginner] There is no saved state of your programs with the number { $generation }.
       *[other] There is no generation { $generation }.
    }
nix-no-old-generations = There are no { old-states } to delete.
nothing-to-clean-up = There is nothing to clean up: everything in the store is still needed.
nix-nothing-installed = Nothing is installed, so there is nothing to take out.
build-gone = The exact build that was installed before is no longer on this computer, and it cannot be downloaded.
no-package-source = Nix does not know where packages come from: no channel and no registry was found.
no-channel = Your list of packages belongs to nix-env, and nix-env needs a channel. None was found.
profile-locked = Another program is changing your packages right now.
store-busy = Another program is using the store of Nix right now.
store-read-only = The store of Nix cannot be written to.
disk-full = The disk is full.
permission-denied = You do not have the right to change this.
nix-daemon-unreachable = The background service of Nix does not answer.
download-failed = The download failed. Is this computer connected to the internet?
download-refused = The server refused the download, because too much was asked of it. Wait an hour and try again.
download-certificate = The download failed, because the certificate of the server could not be checked. Are date and time of this computer right?
download-gone = A file that is needed is no longer at its address. Update the package collection, then try again.
download-server = The download failed, because the server has a problem of its own. Wait a while and try again.
permission-store = You do not have the right to write to the store of Nix. Its background service does that for you: is it running?
preview-failed = Nix cannot do this. It said: { $error }
no-program = { $package } was fetched, but it holds no program that can be started.
many-programs = { $package } holds several programs, and none of them is the main one: { $programs }.
program-cannot-start = { $program } could not be started: { $reason }

## Remarks on a plan

warning-builds-here = No ready package exists, so it is built on this computer. That can take long.
warning-replaces-version =
    { $version ->
        [none] The installed version of { $package } is replaced.
       *[other] The installed version { $version } of { $package } is replaced.
    }
warning-attribute-shared = Every entry of { $package } in your list is taken out, because they have the same name.

## Errors without a known cause

nix-error-unknown = Nix reported an error: { $error }
nix-error-silent = Nix stopped without saying why.

## The computer

nix-error-disk-full = The disk is full. Nix could not write what it needs.
nix-error-disk-full-advice = Delete files you do not need, or clean up the store. Then try again.
nix-error-read-only = Nix could not write, because this part of the disk can only be read.
nix-error-read-only-advice = Restart the computer. If that does not help, the disk may be failing or set to read-only.
nix-error-profile-locked = Another program is changing your packages at the same time.
nix-error-profile-locked-advice = Wait until it is done, or close it. Then try again.
nix-error-store-busy = Another program is using the store of Nix at the same time, for example a clean-up.
nix-error-store-busy-advice = Wait until it is done. Then try again.
nix-error-store-damaged = The records that Nix keeps about its store are damaged.
nix-error-store-damaged-advice = Run "nix-store --verify --check-contents --repair" in a terminal. It repairs what it can.
nix-error-out-of-memory = The computer ran out of memory.
nix-error-out-of-memory-advice = Close other programs and try again.
nix-error-killed = The computer ended the build, most likely because the memory was full.
nix-error-killed-advice = Close other programs and try again. It also helps to build one thing at a time: "--max-jobs 1 --cores 1".
nix-error-build-timeout = The build took longer than it may, so Nix stopped it.
nix-error-build-timeout-advice = Try again when the computer has less to do. Nix counts { $seconds } seconds: the options "timeout" and "max-silent-time" set it.
nix-error-build-users = Nix builds as special users, and they are missing: the group { $group } is empty or does not exist.
nix-error-build-users-advice = Install Nix again, or ask an administrator to make the group and its users.
nix-error-sandbox = Nix builds in a closed space of its own, and this computer does not allow that.
nix-error-sandbox-advice = An administrator can allow user namespaces, or set "sandbox = false" in nix.conf, which is less strict.
nix-error-open-files = A program opened more files at once than this computer allows.
nix-error-open-files-advice = Raise the limit with "ulimit -n 8192", then try again.
nix-error-store-schema = The store was last used by a newer Nix: its records have format { $found }, and this Nix knows { $known }.
nix-error-store-schema-advice = Use the newer Nix again, or update this one.
nix-error-manifest-version = Your list of packages was written by a newer Nix, and this Nix cannot read it.
nix-error-manifest-version-advice = Use the newer Nix again, or update this one. The list itself is not damaged.
nix-error-permission-store = You do not have the right to write to the store of Nix.
nix-error-permission-store-advice = Start the background service with "sudo systemctl start nix-daemon": it writes for you. Do not change the rights of the store by hand.
nix-error-interrupted = It was stopped before it was done.
nix-error-interrupted-advice = Start it again when you like. What was finished stays finished.
nix-error-daemon = The background service of Nix does not answer, or you may not use it.
nix-error-daemon-advice = Start it with "sudo systemctl start nix-daemon". On Debian you also need to be in the group nix-users.
nix-error-permission-profile = You do not have the right to change this.
nix-error-permission-profile-advice = Packages for everybody need an administrator. Your own packages do not.
nix-error-untrusted-user = Nix ignores this setting, because only trusted people may change it.
nix-error-untrusted-user-advice = An administrator can set it in the configuration of the system.
nix-error-signature = A file is not signed by anyone that this computer trusts, so Nix does not take it.
nix-error-signature-advice = If you trust where it comes from, add its public key to nix.settings.trusted-public-keys.
nix-error-old-flag = This version of Nix is too old for this command. It does not know { $flag }.
nix-error-old-flag-advice = Update Nix, or use the older form of the command.
nix-error-experimental = A part of Nix is switched off in your settings: { $feature }.
nix-error-experimental-advice = Add "experimental-features = nix-command flakes" to your nix.conf.
nix-error-dynamic-exe = { $program } was made for other kinds of Linux and cannot run here as it is.
nix-error-dynamic-exe-advice = Look for it as a package. Or set programs.nix-ld.enable to true in the configuration.
nix-error-units-failed = The new system is active, but these services did not start: { $units }
nix-error-units-failed-advice = Look at their logs, correct the option, or go back to the generation before.

## Downloads

nix-error-download = A download failed.
nix-error-download-advice = Look whether the computer is connected to the internet. Then try again.
nix-error-tls = The connection is not safe: the certificate of the server could not be checked.
nix-error-tls-advice = Look whether date and time of this computer are right. In a company network, its certificate may be missing.
nix-error-download-gone = A file that is needed is no longer at its address: { $address }
nix-error-download-gone-advice = Update the package collection: the newer recipe knows the new address.
nix-error-server-error = The server has a problem of its own (code { $status }). Your computer is fine.
nix-error-server-error-advice = Wait a while and try again.
nix-error-login-needed = The server wants to know who you are before it gives the file.
nix-error-login-needed-advice = Check that you may read it. For a private repository, set up your key or "access-tokens" in nix.conf.
nix-error-git-missing = Nix needs the program git for this, and it was not found.
nix-error-git-missing-advice = Install git first. Then try again.
nix-error-git-repository = A repository could not be read with git. { $folder }
nix-error-git-repository-advice = Check its address, and that you may read it.
nix-error-too-many-requests = The server refused the download with code { $status }. Often that means too many requests.
nix-error-too-many-requests-advice = Wait an hour and try again.

## Packages

nix-error-unfree = The license of this package is not free, and your settings do not allow that.
nix-error-unfree-advice = If you want it, set nixpkgs.config.allowUnfree to true in the configuration.
nix-error-insecure = This package, or one that it needs, has known security holes.
nix-error-insecure-advice = Choose another package. Only if you know the risk, add it to nixpkgs.config.permittedInsecurePackages.
nix-error-broken = This package is marked as broken: it is known that it cannot be built.
nix-error-broken-advice = Choose another package, or wait for a newer version of the package collection.
nix-error-platform = This package is not made for this kind of computer.
nix-error-platform-advice = Choose another package.
nix-error-alias-renamed = The package { $package } has a new name: { $replacement }.
nix-error-alias-renamed-advice = Use the name { $replacement }.
nix-error-alias-removed = The package { $package } was removed from the package collection.
nix-error-alias-removed-advice = Look for another package that does the same.
nix-error-nix-env-attr = There is no package at { $path }.
nix-error-nix-env-attr-advice = Look for the right name. If no package is found at all, the channel may be called differently: "nix-channel --list" shows it.
nix-error-nix-env-selector = No package has the name { $name }.
nix-error-nix-env-selector-advice = Search for it. The name to install it by can differ from the name of the program.
nix-error-flake-attr = There is no such package or system in { $flake }.
nix-error-flake-attr-advice = Check the name. "nix flake show" lists what there is.
nix-error-registry = Nix does not know where to find { $name }.
nix-error-registry-advice = Connect to the internet, or tell Nix with "nix registry add".
nix-error-nix-path = Nix does not know where to find { $name }: no channel of that name is set up.
nix-error-nix-path-advice = Add a channel with "nix-channel --add" and "nix-channel --update".
nix-error-collision = { $first } and { $second } both contain the file { $file }, so only one of them can be installed.
nix-error-collision-advice = Take one of the two out. Then install the other.
nix-error-collision-new = An installed package already contains the same file: { $file }
nix-error-collision-new-advice = Take that package out first, or keep it and do without the new one.
nix-error-collision-unclear = Two packages contain the same file, so only one of them can be installed.
nix-error-collision-unclear-advice = Take one of the two out. Then install the other.
nix-error-nix-env-incompatible = Your list of packages was made by the other one of two commands of Nix, and they do not mix.
nix-error-nix-env-incompatible-advice = Go on with the command that made it: nix profile or nix-env.
nix-error-gc-alive = Something still needs { $path }, so it cannot be deleted.
nix-error-gc-alive-advice = Delete the old generations that use it first. "nix-store -q --roots" shows what does.
nix-error-profile-version = There is no generation { $generation }.
nix-error-profile-version-advice = Look at the list of generations and choose one of them.
nix-error-path-gone = A build that is needed is no longer on this computer, and it cannot be downloaded.
nix-error-path-gone-advice = Install the package by its name instead.

## Builds

nix-error-builder-failed = { $package } could not be built.
nix-error-builder-failed-advice = The details show why. You can report it, or try again after the next update.
nix-error-builder-failed-profile = The packages could not be put together into one list.
nix-error-builder-failed-profile-advice = Often two packages contain the same file. The details show which.
nix-error-dependency-failed = Something that is needed could not be built.
nix-error-dependency-failed-advice = The details show what it was.
nix-error-build-crashed = A program that the build uses crashed: { $name }.
nix-error-build-crashed-advice = Try again once. If it happens again, the package is broken on this computer: report it.
nix-error-missing-header = The file { $name } is missing. It belongs to a library that the compiler did not find.
nix-error-missing-header-advice = If this is your own program, add that library to its buildInputs. A ready package has a mistake in its recipe: report it.
nix-error-missing-header-known = The file { $name } is missing. It belongs to the package { $package }.
nix-error-missing-header-known-advice = If this is your own program, add { $package } to its buildInputs. A ready package has a mistake in its recipe: report it.
nix-error-missing-library = The library { $name } is missing, so the program could not be put together.
nix-error-missing-library-advice = If this is your own program, add that library to its buildInputs. A ready package has a mistake in its recipe: report it.
nix-error-missing-library-known = The library { $name } is missing. It belongs to the package { $package }.
nix-error-missing-library-known-advice = If this is your own program, add { $package } to its buildInputs. A ready package has a mistake in its recipe: report it.
nix-error-missing-pkg-config = The library { $name } was not found.
nix-error-missing-pkg-config-advice = If this is your own program, add the library to its buildInputs, and pkg-config to its nativeBuildInputs.
nix-error-missing-pkg-config-known = The library { $name } was not found. It belongs to the package { $package }.
nix-error-missing-pkg-config-known-advice = If this is your own program, add { $package } to its buildInputs, and pkg-config to its nativeBuildInputs.
nix-error-missing-python-module = The Python module { $name } is missing.
nix-error-missing-python-module-advice = Use a Python that has it, for example: give me a shell with python and { $name }.
nix-error-missing-python-module-known = The Python module { $name } is missing. It belongs to the package { $package }.
nix-error-missing-python-module-known-advice = Use a Python that has it: give me a shell with python and { $name }.
nix-error-missing-shared-library = A program needs the library { $name }, and it was not found.
nix-error-missing-shared-library-advice = Programs that were not made with Nix do not find its libraries. Look for the program as a package.
nix-error-missing-shared-library-known = A program needs the library { $name }, and it was not found. It belongs to the package { $package }.
nix-error-missing-shared-library-known-advice = Programs that were not made with Nix do not find its libraries. Look for the program as a package.
nix-error-missing-command = The command { $name } was not found.
nix-error-missing-command-advice = Ask me: which package provides { $name }? If this is your own program, add that package to its nativeBuildInputs.
nix-error-missing-command-known = The command { $name } was not found. It belongs to the package { $package }.
nix-error-missing-command-known-advice = Install { $package } to use it yourself. If a build needs it, add it to the nativeBuildInputs.
nix-error-missing-compiler = No compiler was found: that is the program that turns source text into programs.
nix-error-missing-compiler-advice = Open a shell with gcc. If this is your own recipe, use stdenv.mkDerivation, which brings a compiler.
nix-error-patch-failed = A correction that the recipe makes to the source no longer fits the source.
nix-error-patch-failed-advice = If you changed the version, the patch has to be changed too. Otherwise report it.
nix-error-undefined-reference = A part of the program is missing: { $name }. The library that holds it was not named to the linker.
nix-error-undefined-reference-advice = If this is your own program, add the library, and name it with -l when linking.
nix-error-tests-failed = The package was built, but its own tests did not pass.
nix-error-tests-failed-advice = Try again once: some tests fail by chance. If they fail again, report it.
nix-error-build-without-network = The build wanted to download something, and builds have no internet on purpose.
nix-error-build-without-network-advice = The recipe must fetch the file beforehand, with a hash. If this is not your recipe, report it.
nix-error-missing-features = This can only be built on a computer that can do more: { $features }.
nix-error-missing-features-advice = If this computer can do it, add it to system-features in nix.conf. kvm needs virtualisation switched on.
nix-error-hash-mismatch = A downloaded file is not the one that was expected.
nix-error-hash-mismatch-advice = Update the package collection. If you changed the recipe yourself, use this hash: { $got }
nix-error-no-output = The package was built, but nothing came out of it.
nix-error-no-output-advice = The recipe has a mistake: its install step must put files into $out.
nix-error-wrong-system = This can only be built on another kind of computer: { $system }.
nix-error-wrong-system-advice = Choose a package for this kind of computer.
nix-error-illegal-name = A name contains a character that Nix does not allow, for example a space.
nix-error-illegal-name-advice = Rename the file or the folder.

## Mistakes in configuration files

nix-error-syntax-missing-semicolon = A semicolon is missing. Nix noticed it at the next word, often on the line below.
nix-error-syntax-missing-semicolon-advice = Put a ; at the end of the line above the one that is shown.
nix-error-syntax-eof = The file ends too early: a bracket or a quotation mark was opened and never closed.
nix-error-syntax-eof-advice = Look for the opening one that has no partner.
nix-error-syntax-extra-brace = There is one closing bracket too many: { $bracket }
nix-error-syntax-extra-brace-advice = Delete it, or add the opening one that is missing.
nix-error-syntax-colon = There is a colon where Nix expects an equals sign.
nix-error-syntax-colon-advice = Write "name = value;" instead of "name: value".
nix-error-syntax-other = The file has a mistake in its writing.
nix-error-syntax-other-advice = Look at the place that the details show.
nix-error-duplicate-attr = { $name } is set twice.
nix-error-duplicate-attr-advice = Keep one of the two, or join them.
nix-error-undefined-variable = The name { $name } is used, but nothing has that name.
nix-error-undefined-variable-advice = Check how it is written. If it is pkgs, lib or config, add it to the first line of the file.
nix-error-current-system-pure = The flake does not say for which kind of computer it is.
nix-error-current-system-pure-advice = Name the system in the flake, for example x86_64-linux.
nix-error-attr-missing = There is nothing named { $name } at this place.
nix-error-attr-missing-advice = Check how it is written. It may have been renamed or removed.
nix-error-attr-missing-suggestion = There is nothing named { $name } at this place.
nix-error-attr-missing-suggestion-advice = Perhaps you mean: { $suggestion }.
nix-error-flake-attr-suggestion = There is no such package or system in { $flake }.
nix-error-flake-attr-suggestion-advice = Perhaps you mean: { $suggestion }.
nix-error-flake-lock = The file flake.lock has to be written anew, and that was not allowed here.
nix-error-flake-lock-advice = Run "nix flake lock" in the folder of the flake, where you may write.
nix-error-flake-address = { $address } is not an address that Nix can read.
nix-error-flake-address-advice = Check it for spaces and special characters. A folder begins with ./ or /
nix-error-build-while-reading = The configuration needs something to be built before it can be read to its end, and that is switched off.
nix-error-build-while-reading-advice = Allow it with "--option allow-import-from-derivation true", or put the built file into your folder.
nix-error-relative-path = { $text } is a text, but a path is needed here.
nix-error-relative-path-advice = Write a path without quotation marks, and begin it with ./ or /
nix-error-store-reference = A text contains the result of a build, at a place where that is not allowed.
nix-error-store-reference-advice = Use pkgs.writeText in place of builtins.toFile.
nix-error-too-new = This needs a newer Nix than the one on this computer. { $version }
nix-error-too-new-advice = Update Nix, or use an older package collection.
nix-error-infinite-recursion = A value depends on itself, so Nix can never work it out.
nix-error-infinite-recursion-advice = Do not decide on imports with values from config. Use lib.mkIf around settings.
nix-error-stack-overflow = A function calls itself without an end.
nix-error-stack-overflow-advice = Look for it with --show-trace.
nix-error-wrong-type-eval = There is a value of the wrong kind: { $found } in place of { $expected }.
nix-error-wrong-type-eval-advice = Look at the place that the details show. A list needs square brackets.
nix-error-coerce = A value of the kind "{ $found }" was used as text.
nix-error-coerce-advice = Numbers become text with toString.
nix-error-add-type = A value of the kind "{ $first }" cannot be added to one of the kind "{ $second }".
nix-error-add-type-advice = Make both the same kind. Numbers become text with toString.
nix-error-not-a-function = Something is called like a function, but it is not one.
nix-error-not-a-function-advice = Often a semicolon is missing before it. In a list, put a call into round brackets.
nix-error-missing-arg = A function needs { $name }, and nobody gives it.
nix-error-missing-arg-advice = Pass it with specialArgs, or take it out of the first line of the file.
nix-error-extra-arg = A function was given { $name }, which it does not know.
nix-error-extra-arg-advice = Add three dots to its list of names, or leave { $name } out.
nix-error-flake-untracked = A file of the flake is missing, or git does not know it, so Nix does not see it.
nix-error-flake-untracked-advice = Check the path. If the file is there, run "git add" for it.
nix-error-file-not-found = The file { $file } does not exist.
nix-error-file-not-found-advice = Check the path, or make the file.
nix-error-git-ownership = The folder belongs to somebody else than the person who runs the command.
nix-error-git-ownership-advice = Build as the owner of the folder. Only the last step needs an administrator.
nix-error-no-flake = This folder has no flake.nix.
nix-error-no-flake-advice = Go to the right folder, or make one with "nix flake init".
nix-error-pure-path = A flake may not read files outside of its own folder, such as { $path }.
nix-error-pure-path-advice = Move the file into the folder of the flake.
nix-error-pure-lookup = A flake may not use the channel { $name }.
nix-error-pure-lookup-advice = Use an input of the flake instead.
nix-error-option-missing = There is no option named { $option }.
nix-error-option-missing-advice = Check how it is written. It may have been renamed, or its module is not imported.
nix-error-option-type = The value of { $option } is of the wrong kind. It must be: { $type }
nix-error-option-type-advice = Write true, false and numbers without quotation marks, and lists in square brackets.
nix-error-option-conflict = { $option } is set to different values in different places.
nix-error-option-conflict-advice = Delete one of them, or mark the one that counts with lib.mkForce.
nix-error-option-unset = { $option } is needed, but it has no value.
nix-error-option-unset-advice = Give it a value.
nix-error-module-shape = { $name } stands outside of config, in a file that has a config part.
nix-error-module-shape-advice = Move all settings into config.
nix-error-assertions = Some settings do not go together: { $first }
nix-error-assertions-advice = Each line in the details says what to change.
nix-error-assertion = A condition does not hold: { $condition }
nix-error-assertion-advice = Undo the last change, or update the package collection.
nix-error-division = Something is divided by zero.
nix-error-division-advice = Look at the place that the details show.
nix-error-aborted = The recipe stopped on purpose. It said: { $text }
nix-error-aborted-advice = What it said tells what to change.
nix-error-dirty = The folder { $folder } has changes that are not in git yet. They are used all the same.
nix-error-dirty-advice = This is only a remark. Commit the changes if you like.
nix-error-hm-clobber = A file is in the way that home-manager did not make. { $file }
nix-error-hm-clobber-advice = Move it away, or let home-manager keep a copy with "-b backup".
nix-error-hm-profile = The folder for your own profile does not exist yet.
nix-error-hm-profile-advice = Make it with "mkdir -p ~/.local/state/nix/profiles".
