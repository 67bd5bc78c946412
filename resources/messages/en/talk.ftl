# What is said about the conversation itself: declining, slash commands, licences.

declined-near = I cannot do that, and I changed nothing. The nearest things that I can do:
declined-named = I cannot do that with { $name }, and I changed nothing. I can install it, or tell you what it is.
declined-not-yet = I understand what you want, but this version cannot do it yet. I changed nothing. I can do this, for example:
typed-elsewhere = “{ $tool }” belongs to another way of installing programs. Here Nix does the same, and it can be taken back:
slash-unknown = There is no command /{ $name }. There are: { $commands }.
slash-near = There is no command /{ $name }. Did you mean { $near }?
slash-wants-words = After /{ $name } comes what it is for, for example: /install hello, /find draw, /level expert.
slash-wants-none = Nothing comes after /{ $name }. Say it alone.
text-size = In the window, press Ctrl and + for larger letters, Ctrl and − for smaller ones, and Ctrl and 0 for the usual size. It is in the settings too, as “Text size”.
licence-general = Nix and nearly all programs that it installs cost nothing. A few programs are not free software; I say so before I install one of them. Name a program, and I tell you what I know of it.
licence-free = **{ $name }** is free: it costs nothing, and everyone may use it and pass it on.
licence-unfree = **{ $name }** is not free software. Nix takes no money for it, but its maker may: for an account, for example, or for some of its functions.
licence-unknown = Nix takes no money for **{ $name }**. I do not know its licence, so I cannot promise that all of it is free of charge.
suggest-example = { $example }
say-example = { $example }
suggest-about = What is { $package }?
say-about = What is { $package }?
command-package-info = What a program is
command-run-package = Start a program
command-suggest-package = Find a program for something
command-explain-concept = Explain a word
command-cancel = Stop what is running
hint-purpose = what you want to do
hint-concept = the word, for example: generation
plan-in-question = About “{ $title }”:
fact-of-the-plan = { $line }
safety-source = It comes from { $source }, the collection of programs that Nix uses. Nothing else of your programs changes.
safety-final =
    { $count ->
        [0] It deletes only what none of your programs needs. Your own files are not touched.
       *[other] It deletes only what the list on the card shows. Your own files are not touched.
    }
safety-asks-first = Nothing happens before you agree.
safety-general = I show every change before I make it, and nothing happens before you agree. Installing and removing programs can be undone. What cannot be undone says so, and your own files are never touched.
duration-general = Nothing waits just now. Before I install something, I show how much is downloaded; how long that takes depends on your connection.
duration-depends = The minutes depend on your connection and your computer. You see how far it is, and you can stop it.
duration-deletes = Deleting usually takes from a few seconds to a few minutes.
none-of-these = All right, none of these. Say in other words what you look for, and I look again.
plan-commands = These commands do it:
in-short = In short:
no-more-to-say = I have no more to say about this. You can ask about a program or about a word.
no-simpler-words = I have no simpler words for this. Ask me about the word that is not clear, for example: “what is a generation?”
why-these-fit = I compared your words with what I know the programs to be for. The best one comes first.
why-these-found = Your words are in the names or the descriptions of these programs. The best one comes first.
why-these-bring = Each of these programs brings that command.
why-this-program = You named it, so I told you what I know of it. Nothing was changed.
more-command = The word that starts { $name } is “{ $command }”.
more-source = { $source }, the collection of programs that Nix uses, has it.
more-of-each = **{ $name }** { $version ->
        [none] – { $about }
       *[other] { $version } – { $about }
    }
compare-heading = This is what I know of both:
compare-line = **{ $name }**{ $about ->
        [none] {""}
       *[other] {" "}– { $about }
    }. { $version ->
        [none] {""}
       *[other] Version { $version }.{" "}
    }{ $licence ->
        [free] Free software.
        [unfree] Not free software: there may be limits or costs.
       *[unknown] I do not know its licence.
    } { $installed ->
        [no] Not installed.
        [yes] You have it installed.
       *[other] You have version { $installed } installed.
    }
compare-judging = Which one suits you better, only you can say. You can install one, look at it, and take it back.
concept-unknown = I have no explanation of “{ $words }”. I explain the words of Nix. Here are some to begin with:
concept-unknown-near = I have no explanation of “{ $words }”. Do you mean one of these?
concept-which = Which word should I explain? Here are some to begin with:

# Said once, when somebody speaks another language than the answers are in.
understands-en = I understand English too.
understands-ar = I understand Arabic. I answer in English until I have learned to write it.
understands-de = I understand German. I answer in English until I have learned to write it.
understands-es = I understand Spanish. I answer in English until I have learned to write it.
understands-fr = I understand French. I answer in English until I have learned to write it.
understands-hi = I understand Hindi. I answer in English until I have learned to write it.
understands-ja = I understand Japanese. I answer in English until I have learned to write it.
understands-pt_BR = I understand Portuguese. I answer in English until I have learned to write it.
understands-ru = I understand Russian. I answer in English until I have learned to write it.
understands-zh_CN = I understand Chinese. I answer in English until I have learned to write it.
