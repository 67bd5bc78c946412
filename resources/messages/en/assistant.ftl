# What the assistant says. Short sentences, everyday words, no idioms, no jokes.
# $level is beginner, intermediate or expert, everywhere.

## Talking

greeting =
    { $time ->
        [morning] Good morning! What would you like to do?
        [evening] Good evening! What would you like to do?
       *[day] Hello! What would you like to do?
    } I can find programs, install and remove them, show what changed, and take changes back.
thanks = You are welcome.
stopped = Stopped.
looking = Looking it up …
waiting-for-nix = Waiting for Nix to answer …
waiting-unusually-long = Nix is taking unusually long to answer. You can wait, or stop it.
nothing-to-confirm = There is no question open that I could take your yes for.
nothing-to-deny = All right. I do nothing.
nothing-to-cancel = Nothing is running.
nothing-to-repeat = I have not said anything yet.
nothing-to-explain = Tell me what I should explain. For example: “what is a generation?”
explain-what = Tell me what I should explain: a word such as “generation”, or the name of a program.
internal-error = Something went wrong inside this program. History shows whether anything was changed. The log has more under the number { $id }.
declined = I did not find anything that I can do in this. I changed nothing. I can help with programs and with the state of your system, for example:
help-line = “{ $example }”
final-needs-words = This cannot be undone, so a simple yes is not enough. Press “{ $label }”, or say “yes, delete it”.
name-unknown = I do not know a program called “{ $name }”.
name-unclear =
    { $count ->
        [one] I do not know a program called “{ $name }”. Did you mean this one?
       *[other] I do not know a program called “{ $name }”. Did you mean one of these?
    }
not-sure = I am not sure what you mean. Please say it in other words. I changed nothing.
which-is-meant = I am not sure what you mean. Is it one of these?
what-is-missing =
    { $slot ->
        [package] Which program do you mean? Write its name.
        [purpose] What do you want to do with the program?
        [query] What should I look for?
        [service] Which service do you mean?
        [port] Which port? Write its number.
        [generation] Which one? Write its number.
        [command] Which command do you mean?
        [concept] What should I explain?
        [option] Which option do you mean? Write its name, for example services.openssh.enable.
        [value] To which value?
        [ssid] Which wireless network? Write its name.
        [timezone] Which time zone? Write a city, for example Berlin.
        [locale] Which language, and of which country?
        [layout] Which keyboard layout? For example German, or French.
        [hostname] Which name should the computer get?
        [username] Which user? Write the name.
        [group] Which group?
        [tools] Which tools do you need there?
        [channel] Which channel? For example nixos-unstable.
        [level] Which level: beginner, intermediate or expert?
        [error_text] What does the error say? Paste it here.
       *[other] I understand what you want, but a detail is missing. Say it once more with everything in it.
    }
needs-nix-request = I need Nix for this, and Nix is not on this computer.
needs-nix-instead = I can still explain things and look for programs. To try everything safely, start this program with --practice on a computer that has Nix.
level-beginner = You are at the level Beginner now. I use everyday words and show the most important things first.
level-intermediate = You are at the level Intermediate now. I use the words of Nix and show what changes.
level-expert = You are at the level Expert now. Plans open with the exact commands.

## Programs

already-installed =
    { $version ->
        [none] **{ $name }** is installed already.
       *[other] **{ $name }** { $version } is installed already.
    }
not-installed = **{ $name }** is not among your programs, so there is nothing to remove.
package-unknown = I do not know a package called **{ $name }**.
package-description = What it is: { $description }.
install-title = Install { $name }
install-sentence = Adds { $name } { $version } to your programs. Nothing else changes.
install-sentence-plain = Adds { $name } to your programs. Nothing else changes.
install-allow = Install
install-done = { $name } is installed.
install-explanation = Nix fetches { $name } and everything it needs, keeps it apart from all other programs, and adds it to your profile. The programs that you have stay as they are. It comes from: { $source }.
remove-which = You have more than one program called “{ $name }”. Which one should go?
remove-which-line = **{ $name }** { $version }
remove-title = Remove { $name }
remove-sentence = Takes { $name } out of your programs. Your files and settings stay.
remove-allow = Remove
remove-done = { $name } is removed.
remove-explanation = Nix makes a new { $level ->
        [beginner] state of your programs
       *[other] generation of your profile
    } without { $name }. The program itself stays on the disk until you clean up, so it can come back without a download.
can-be-undone = You can undo this.
not-now = Not now
try-started = **{ $name }** is running. It is not installed: your programs are as before.
try-printed = I ran **{ $name }** once. It is not installed: your programs are as before. This is what it printed:
try-ran = I ran **{ $name }** once. It printed nothing. It is not installed: your programs are as before.
try-shell = To use it in a terminal:
shell-opened = I opened a terminal with these programs. They are not installed: your programs are as before. The command:
shell-command = Type this in a terminal to use these programs. Nothing is installed by it:
shell-versions = The exact versions:
shell-line =
    { $level ->
        [beginner] **{ $name }** { $version }
       *[other] `{ $attribute }` { $version }
    }
shell-ends = Type “exit” to leave that shell. After that the programs are not there any more.
run-started = **{ $name }** is running.
run-printed = I ran **{ $program }**.
nothing-installed = You have not installed any programs with Nix yet.
installed-heading =
    { $count ->
        [one] You have one program installed with Nix:
       *[other] You have { $count } programs installed with Nix:
    }
installed-line =
    { $level ->
        [expert] **{ $attribute }** { $version }
       *[other] **{ $name }** { $version }
    }
installed-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
info-described = **{ $name }**: { $description }.
info-plain = **{ $name }** is a package of nixpkgs. I have no description of it.
info-facts =
    { $installed ->
        [no] { $level ->
            [beginner] { $unfree ->
                [yes] It is not installed. It is unfree software: free to use, but with limits.
               *[no] { $version ->
                    [none] It is not installed.
                   *[other] It is not installed. You could get version { $version }.
                }
            }
           *[other] { $version ->
                [none] Package `{ $attribute }`.
               *[other] Package `{ $attribute }`, version { $version }.
            } Not installed. { $unfree ->
                [yes] Unfree licence.
               *[no] Free software.
            }
        }
       *[other] { $level ->
            [beginner] { $installed ->
                [yes] You have it installed.
               *[other] You have it installed, in version { $installed }.
            }
           *[other] { $version ->
                [none] Package `{ $attribute }`,
               *[other] Package `{ $attribute }`, version { $version } available,
            } { $installed ->
                [yes] installed.
               *[other] { $installed } installed.
            }
        }
    }
command-unknown = I do not know a package that brings the command **{ $command }**.
command-provided =
    { $count ->
        [one] The command **{ $command }** comes with this package:
       *[other] The command **{ $command }** comes with any of these packages:
    }
suggest-heading =
    { $count ->
        [one] This one fits:
       *[other] These fit, the best first:
    }
search-heading =
    { $count ->
        [one] I found one program for “{ $query }”:
       *[other] I found these for “{ $query }”, the best first:
    }
search-nothing = I found no program for “{ $query }”. Try other words: what should the program do?
not-free-mark =
    { $unfree ->
        [yes] {" "}(not free software)
       *[no] {""}
    }
offer-line = **{ $name }** – { $about }{ not-free-mark }
offer-name = **{ $name }**{ not-free-mark }
offer-ask = Say a number or a name to install one. You see what would happen first.

## Versions and starting

version-this =
    { $level ->
        [expert] You would get `{ $attribute }` { $version }.
       *[other] You would get **{ $name }** in version { $version }.
    }
version-other =
    { $level ->
        [expert] `{ $attribute }` { $wanted } is not available. The version here is { $version }.
       *[other] I do not have **{ $name }** in version { $wanted }. The version here is { $version }.
    }
version-unknown = I do not know which version of **{ $name }** there is. The plan shows it before anything is installed.
version-others =
    { $level ->
        [expert] The collection in use ({ $source }) has this one version. Any other needs another revision of nixpkgs.
       *[other] There is one version of each program in the collection that programs come from. Other versions need another collection.
    }
start-this-way =
    { $level ->
        [beginner] Press the button below, and I start **{ $name }**. You also find it by its name among the programs of your desktop; sometimes only after you have logged in again.
       *[other] Press the button below, look for **{ $name }** among the programs of your desktop, or type `{ $command }` in a terminal.
    }
start-not-installed = **{ $name }** is not installed. You can try it without installing it, or install it.
which-is-it = Which program do you mean? Say its name.

## Generations

nothing-changed-yet = Nothing has been installed with Nix yet, so there is nothing that could have changed.

moment =
    { $day ->
        [today] today { $time }
        [yesterday] yesterday { $time }
       *[other] { $at }
    }
this-state =
    { $level ->
        [beginner] the state of your programs from { moment } (number { $number })
       *[other] generation { $number }
    }
no-generations =
    { $level ->
        [beginner] There are no saved states of your programs yet. The first one is made when you install something.
       *[other] There are no generations yet. The first one is made when you install something.
    }
generations-heading =
    { $count ->
        [one] { $level ->
            [beginner] There is one saved state of your programs:
           *[other] There is one generation of your programs:
        }
       *[other] { $level ->
            [beginner] There are { $count } saved states of your programs, the newest first:
           *[other] There are { $count } generations of your programs, the newest first:
        }
    }
generation-line =
    { $level ->
        [beginner] State of your programs from { moment } (number **{ $number }**)
       *[other] Generation **{ $number }**, { $at }
    }
generation-line-current =
    { $level ->
        [beginner] State of your programs from { moment } (number **{ $number }**) – **in use now**
       *[other] Generation **{ $number }**, { $at } – **the current one**
    }
generations-more =
    { $count ->
        [one] And one older.
       *[other] And { $count } older.
    }
generation-current =
    { $level ->
        [beginner] You use the state of your programs from { moment } (number **{ $number }**).
       *[other] You are on generation **{ $number }**, made { $at }.
    }
generation-is-current =
    { $level ->
        [beginner] The state with the number **{ $number }** is in use already.
       *[other] Generation **{ $number }** is the current one already.
    }
no-such-generation =
    { $level ->
        [beginner] There is no saved state of your programs with the number **{ $number }**.
       *[other] There is no generation **{ $number }**.
    }
no-state-of-that-day = I keep no state from then. The oldest one that you can go back to is from { $oldest }. Nothing was changed.
nothing-changed-since-that-day = Your programs are as they were then: nothing has changed since. There is nothing to go back to.
nothing-to-go-back-to =
    { $level ->
        [beginner] There is no earlier state of your programs to go back to.
       *[other] There is no earlier generation to go back to.
    }
switch-title =
    { $level ->
        [beginner] Go back to the state of your programs from { $at } (number { $number })
       *[other] Go back to generation { $number }
    }
switch-sentence = Your programs become as they were on { $at }. Your files stay as they are.
switch-allow = Go back
switch-done =
    { $level ->
        [beginner] Your programs are as they were on { $at } again.
       *[other] You are on generation { $number } now.
    }
switch-explanation = { $level ->
        [beginner] Nix keeps every earlier state of your programs, and uses the one with the number { $number } again.
       *[other] Nix makes generation { $number } of your profile the current one.
    } Nothing is deleted and nothing is downloaded. You can go forward again in the same way.
diff-between =
    { $before ->
        [0] { $level ->
            [beginner] What came with the state number { $after } of your programs:
           *[other] What is in generation { $after }:
        }
       *[other] { $level ->
            [beginner] What changed from the state number { $before } of your programs to number { $after }:
           *[other] What changed from generation { $before } to { $after }:
        }
    }
diff-since =
    { $days ->
        [0] What changed today:
        [1] What changed since the beginning of yesterday ({ $at }):
       *[other] What changed since { $at }:
    }
diff-none = Nothing. Your programs are the same.
change-added = **{ $name }** { $version } was added
change-removed = **{ $name }** { $version } was removed
change-changed = **{ $name }** went from { $before } to { $after }

## Space

disk-heading =
    { $count ->
        [0] Nix has stored nothing yet.
        [one] Nix uses **{ $used }** for one package.
       *[other] { $level ->
            [beginner] Nix uses **{ $used }** for your programs and all that they need.
           *[other] Nix uses **{ $used }** for { $count } packages and parts of packages.
        }
    }
disk-free = On the disk, { $free } of { $total } are free.
disk-largest = Your largest programs, each with all that it needs:
disk-program = **{ $name }** { $size }
disk-reclaim =
    { $any ->
        [no] There is nothing to clean up.
        [garbage] A clean-up would free { $garbage }. Deleting { old-states } would free nothing more.
        [old] Deleting { old-states }, and cleaning up after that, would free { $old }.
       *[both] A clean-up would free { $garbage }. Deleting { old-states } as well would free { $old } more.
    }
nothing-to-clean = There is nothing to clean up: everything in the store is needed.
old-states =
    { $level ->
        [beginner] old states of your programs
       *[other] old generations
    }
old-states-counted =
    { $count ->
        [one] { $level ->
            [beginner] one old state of your programs
           *[other] one old generation
        }
       *[other] { $level ->
            [beginner] { $count } old states of your programs
           *[other] { $count } old generations
        }
    }
no-old-generations = There are no { old-states } to delete.
delete-generations-title =
    { $count ->
        [one] Delete { old-states-counted }
       *[other] Delete { old-states-counted }
    }
delete-generations-sentence =
    { $count ->
        [one] Deletes { old-states-counted }. You cannot go back to it after that. Your programs stay as they are now.
       *[other] Deletes { old-states-counted }. You cannot go back to them after that. Your programs stay as they are now.
    } { $follows ->
        [yes] This alone frees almost nothing; the clean-up that I ask about next then frees { $size }.
       *[no] This alone frees almost nothing; a clean-up after it could free { $size }.
    }
delete-generations-undo = This cannot be undone.
delete-generations-allow =
    { $count ->
        [one] Delete it for good
       *[other] Delete them for good
    }
delete-generations-done =
    { $count ->
        [one] { $level ->
            [beginner] The old state of your programs is deleted.
           *[other] The old generation is deleted.
        }
       *[other] { $level ->
            [beginner] The old states of your programs are deleted.
           *[other] The old generations are deleted.
        }
    }
delete-generations-explanation = { $level ->
        [beginner] Each old state keeps
       *[other] Old generations keep
    } every program that they hold on the disk. Without them, a clean-up can free more. Your current programs are not touched.
collect-title = Delete what nothing needs any more
collect-sentence = Deletes packages that { $level ->
        [beginner] no state of your programs
       *[other] none of your generations
    } and no running program needs. Your programs stay as they are.
collect-undo = This cannot be undone. Deleted packages can be downloaded again when they are needed.
collect-allow = Delete for good
collect-done = The clean-up is done.
collect-explanation = Nix follows every { $level ->
        [beginner] state of your programs
       *[other] generation
    } and every running program, and deletes the packages that it does not reach.
freed = It freed { $size }.

## Undo and history

nothing-to-undo-of = There is nothing to undo: no change of mine to { $name } holds any more. I changed nothing.
nothing-to-undo = There is nothing to undo: no change of mine holds any more.
nothing-to-redo = There is nothing to do again: nothing that I undid is still undone. I changed nothing.
undo-title = Undo: { $title }
undo-sentence = Takes back: { $title }.
redo-title = Do again: { $title }
redo-sentence = Does again what was taken back: { $title }.
redo-allow = Do again
redo-done = Done again: { $title }.
undo-can-be-undone = You can undo this too.
undo-allow = Undo
undo-done = Taken back: { $title }.
undo-explanation =
    { $exact ->
        [yes] { $level ->
            [beginner] Your programs become as they were just before that change. Nothing is downloaded.
           *[other] Nix makes the generation from before that change the current one again. Nothing is downloaded.
        }
       *[no] Other changes were made after that one, so they are kept, and only the opposite of that one change is done.
    }
undo-already = This has been taken back already.
undo-not-done = This was not carried out, so there is nothing to take back.
undo-final = What was deleted cannot be brought back.
undo-other-profile = This changed another profile ({ $profile }) than the one in use now.
undo-not-installed = **{ $package }** is not installed any more, so there is nothing to take back.
undo-installed-again = **{ $package }** is installed again already.
undo-generation-gone =
    { $level ->
        [beginner] The state of your programs with the number **{ $number }** was deleted, so there is no way back to it.
       *[other] Generation **{ $number }** was deleted, so there is no way back to it.
    }
undo-later-changes =
    { $level ->
        [beginner] Other changes were made after this one, and going back would lose them. Choose an earlier state of your programs in History.
       *[other] Other changes were made after this one, and going back would lose them. Choose a generation in History, or say “list generations”.
    }
last-waits = I have not done anything yet: “{ $title }” waits for your answer.
last-change-done = The last thing that I did is “{ $title }” ({ $at }). It worked. { $said }
last-change-undone = The last thing that I did was “{ $title }” ({ $at }). It was taken back since, so your programs are as before it.
last-change-failed = “{ $title }” ({ $at }) did not work. { $said }
last-change-stopped = “{ $title }” ({ $at }) was stopped. { $said }
last-change-interrupted = “{ $title }” ({ $at }) was interrupted. { $said }
last-change-running = “{ $title }” is running now.
deleted-nothing = No. I have not deleted anything. I never touch your own files: photos, letters and settings stay as they are.
deleted-these = This was deleted, or taken out of your programs:
taken-out-these = Nothing was deleted for good. These programs were taken out; they can come back:
own-files-stay = Your own files, such as photos and letters, were not touched.
history-none-since = I have not changed anything since then.
no-command-yet = I have not run any command yet.
command-behind = The command behind “{ $title }”:
history-heading = The last changes, the newest first:
history-empty = No changes have been made yet.
history-done = { $title } ({ $at })
history-undone = { $title } ({ $at }) – taken back
history-failed = { $title } ({ $at }) – did not work
history-stopped = { $title } ({ $at }) – stopped
history-interrupted = { $title } ({ $at }) – interrupted
history-running = { $title } ({ $at }) – running now

## Plans

step-install = Add { $name } to your profile
step-remove = Take { $name } out of your profile
step-switch =
    { $level ->
        [beginner] Use the state number { $number } of your programs again
       *[other] Make generation { $number } the current one
    }
step-delete-generations = Delete { old-states }
step-collect = Collect garbage
step-did-not-run = This did not run.
cost-pending = Finding out what it costs …
cost-download = Download: { $size }.
cost-no-download = Nothing to download.
cost-download-unknown = The size of the download is not known before it starts.
cost-builds =
    { $count ->
        [one] { $level ->
            [beginner] One part is made on this computer first.
           *[other] One part is built on this computer, because it cannot be downloaded ready-made.
        }
       *[other] { $level ->
            [beginner] Some parts are made on this computer first.
           *[other] { $count } parts are built on this computer, because they cannot be downloaded ready-made.
        }
    }
cost-disk = Space on the disk: { $size } more.
cost-frees = Frees { $size }.
plan-declined = Not done. Nothing was changed.
plan-declined-reply = All right, I do not do that: “{ $title }”. Nothing was changed.
plan-asked-anew = Set aside, to ask you again together with what you added. Nothing was changed yet.
plan-set-aside =
    { $rest ->
        [0] Set aside, because you asked for something else. Nothing was changed. Ask again if you want it.
       *[other] Set aside with the rest of that list, because you asked for something else. Nothing was changed. Ask again if you want it.
    }
plan-still-waits = This still waits for your answer: “{ $title }”.
yes-to-which = Something else was said since I asked. Do you mean: “{ $title }”? Then say “yes” again, or press “{ $label }”.
yes-to-which-final = Something else was said since I asked. Do you mean: “{ $title }”? This cannot be undone. Press “{ $label }”, or say “yes, delete it”.
yes-names-another = Your words do not fit what I asked: “{ $title }”. If you want that, say “yes”, or press “{ $label }”.
asked-before-restart = Before the assistant was restarted you asked for this: “{ $text }”. I take it up again.
go-back-comes = { $name } comes back.
go-back-goes = { $name } goes away.
go-back-changes = { $name } changes from { $before } to { $after }.
go-back-more =
    { $count ->
        [one] One more program changes.
       *[other] { $count } more programs change.
    }
plan-stopped-before = Stopped before it began. Nothing was changed.
plan-queued = Another change is running. This one starts when that one has ended.
plan-running = Running …
plan-changed = Your programs changed since this was shown. Please look again.
not-written-down = This could not be written into the journal, so it cannot be undone from there. Is the disk full?
plan-expired = The assistant was restarted before you decided. Nothing was changed. Ask again if you still want it.
progress-counted = { $phase } ({ $done } of { $expected })
nothing-was-changed = Nothing was changed.
something-was-changed = Some of it was done. See History for what changed.
stopped-unchanged = Stopped. Nothing was changed.
stopped-after-change = Stopped, but the change was made before the stop reached it. You can undo it.
stopped-final = Stopped. What was deleted before the stop is gone. Your programs are as before.
broke-unchanged = Something went wrong inside this program. Nothing was changed.
interrupted-unchanged = The assistant was cut off while this ran. Nothing was changed. You can ask for it again.
interrupted-done = The assistant was cut off while this ran, but it was done. You can undo it.
interrupted-final = The assistant was cut off while this ran. What was deleted before that is gone. Your programs are as before.
interrupted-unknown = The assistant was cut off while this ran, and I could not find out what became of it. Look at “what is installed?”.

## What was found

found-nixos = This computer runs { $system }.
found-other-linux = This computer runs { $system }. I can manage programs here. Services, users and the firewall need NixOS.
found-no-nix = This computer runs { $system }, without Nix.
found-practice = This is a practice system. Try anything: your own programs are not touched.
found-no-nix-so = I can explain things and look for programs. Installing needs Nix.
found-nix = Nix { $version } works.
found-broken-nix = Nix is here but does not work. I can explain things and look for programs, but not install them.
found-programs =
    { $count ->
        [0] No programs are installed with it yet.
        [one] One program is installed with it.
       *[other] { $count } programs are installed with it.
    }

## Buttons: what they show, and what pressing them says

suggest-help = What can you do?
say-help = What can you do?
suggest-find-photos = Find a program to edit photos
say-find-photos = Find me a program for editing photos
suggest-list = What is installed?
say-list = What is installed?
suggest-changed = What changed?
say-changed = What changed since yesterday?
suggest-disk = What uses my disk?
say-disk = What uses my disk?
suggest-clean = Clean up old stuff
say-clean = Clean up old stuff
suggest-back = Go back
say-back = Go back
suggest-undo = Undo
say-undo = Undo
suggest-history = Show history
say-history = Show history
suggest-generations =
    { $level ->
        [beginner] Show earlier states
       *[other] List generations
    }
say-generations = List generations
suggest-more = More detail
say-more = More detail
suggest-simpler = Simpler
say-simpler = Simpler
suggest-concept = Explain “{ $concept }”
say-concept = What is { $concept }?
suggest-install = Install { $package }
say-install = Install { $package }
suggest-remove = Remove { $package }
say-remove = Remove { $package }
suggest-run = Start { $package }
say-run = Start { $package }
suggest-try = Try without installing
say-try = Try { $package } without installing
suggest-search = Search for “{ $query }”
say-search = Search for { $query }
suggest-switch =
    { $level ->
        [beginner] Go back to the state number { $number }
       *[other] Go back to generation { $number }
    }
say-switch = Switch to generation { $number }

## Sessions

no-such-session = This conversation does not exist any more.
session-busy = Something is still running in this conversation. Stop it first.
server-stopping = The assistant is shutting down. Try again in a moment.
no-such-entry = There is no entry { $entry } in the journal.
bad-cursor = The list cannot go on from there. Load it again from the start.
bad-option = There is no choice “{ $value }” for “{ $option }”.
bad-value = “{ $value }” cannot be used as a { $kind }.
option-level = Level
option-language = Language
level-name-beginner = Beginner
level-name-intermediate = Intermediate
level-name-expert = Expert
level-about-beginner = Everyday words, the most important things first
level-about-intermediate = The words of Nix, and what changes
level-about-expert = Exact and short, with the commands open
command-help = What can be said
command-install-package = Install a program
command-remove-package = Remove a program
command-try-package = Try a program without installing it
command-change-mode = Change the level
hint-package = name of a program
hint-query = what to look for
hint-level = beginner, intermediate or expert
command-search-packages = Search programs
command-list-installed = What is installed
command-list-generations = List generations
command-diff-generations = What changed
command-rollback = Go back one generation
command-undo-last-change = Take the last change back
command-disk-usage = What uses the disk
command-garbage-collect = Clean up
command-show-history = Show the last changes

## What is kept

store-sessions = Your conversations: what you said and what was answered.
store-journal = What was changed on this computer, with what is needed to take it back.
store-index = An index of package names, made from the facts that come with this program.
store-settings = Your settings.
store-outbox = What you said while the assistant could not be reached.
files-not-usable = The assistant cannot use its files in { $folder } ({ $reason }). Is the disk full, or the folder read-only? Free some space or make it writable, then try again.
database-newer = The file { $path } was written by a newer version of this program. It is left as it is. Please use the newer version.
