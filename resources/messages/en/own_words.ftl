### The person's own words for a request: how they are used, learned and shown.

store-own-words = Your own words for what you ask, and what you meant by them.
kept-aside-own-words = Your own words could not be read, so a new list was begun. The damaged file is kept as { $path }.

own-words-used = Taken from your own words: “{ $words }” means: { $meaning }.
own-words-learned = I will remember your own words: “{ $words }” means: { $meaning }.
own-words-forgotten = I have forgotten what “{ $words }” means. Next time I ask again.
own-words-not-known = I do not remember the words “{ $words }”. Nothing was changed.
suggest-own-words-forget = Forget these words
say-own-words-forget = Forget my words: { $words }

own-words-gone = These words are no longer in the list. They may have been deleted in another window.
own-words-taken = These words are in the list already. They mean: { $meaning }.
own-words-known = I know these words already. They mean: { $meaning }. Please use other words.
own-words-no-meaning = These words cannot mean that.
own-words-not-allowed = Please use other words. They must be between 1 and 14 words, in one line. A command, a yes, a no and a word like “it” cannot be used.
own-words-not-here = The assistant that you are connected to does not remember own words.

# What a request asks for, beginning with a capital letter, without a full stop. { $about }: a program, or what it is about.
request-in-words =
    { $request ->
        [install_package] Install { $about }
        [remove_package] Remove { $about }
        [update_package] Update { $about }
        [update_system] Update everything
        [try_package] Try { $about } without installing it
        [run_package] Start { $about }
        [how_to_start] Say how { $about } is started
        [list_installed] Show what is installed
        [package_info] Tell about { $about }
        [package_version] Say which version of { $about } there is
        [package_licence] Say whether { $about } is free
        [which_package_provides] Find the program with the command { $about }
        [suggest_package] Suggest programs for: { $about }
        [search_packages] Search for: { $about }
        [create_dev_shell] Open a shell with { $about }
        [list_generations] Show the earlier states of your programs
        [current_generation] Show the present state of your programs
        [rollback] Go back to the state before
        [switch_generation] Go to the state { $about }
        [diff_generations] Show what is different between two states
        [disk_usage] Show how much room Nix takes
        [garbage_collect] Clean up what is no longer needed
        [delete_generations]
            { $about ->
                [none] Delete old states
               *[other] Delete old states ({ $about })
            }
        [undo_last_change]
            { $about ->
                [none] Undo the last change
               *[other] Undo the change of { $about }
            }
        [explain_concept] Explain: { $about }
        [show_history] Show what was changed
        [what_was_deleted] Show what was deleted
        [help] Show what you can ask
        [text_size] Say how the text is made larger
        [change_mode] Change to the level { $about }
       *[other]
            { $about ->
                [none] Something else ({ $request })
               *[other] Something else ({ $request }): { $about }
            }
    }
