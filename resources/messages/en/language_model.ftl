# The optional language model: what is said before, during and after it is asked; and its page of the settings.

## In the conversation

model-is-asked = I am not sure what you mean. I am asking the language model now, { $place }. It gets these words and the list of what I can do, nothing else: “{ $text }”
model-is-asked-to-explain = I am asking the language model now, { $place }. It gets this text and the request to explain it, nothing else:
model-looking = Asking the language model …
model-place-here = “{ $model }” on this computer
model-place-elsewhere = “{ $model }” at { $host }
model-read-as = I read this as: { $words }. The language model proposed this, and it may be wrong. Nothing happens before you choose.
model-sent-heading = This is all that was sent to the language model:
model-no-reading = The language model found nothing that I can do.
model-secret = I did not ask the language model: your words may hold a password or a key. They stay on this computer.
model-explains = The language model wrote this. It may be wrong, and I did not check it. Nothing was changed.
model-explains-line = “{ $text }”
model-explains-nothing = The language model did not answer in a way that I can show.
model-not-on = The language model is switched off now. Nothing was sent.
model-explain-label = Ask the language model to explain it
suggest-not-meant = No, not that
say-not-meant = no

## What can go wrong

model-address-missing = Enter the address of the language model. Until then nothing is sent.
model-address-wrong = This is not an address of a language model. It looks like http://localhost:11434 or https://name.example/v1.
model-address-open = This address is not encrypted, so others could read your words. Use https://, or a model on this computer.
model-address-not-allowed = This address is not encrypted. You have to allow that below before anything is sent.
model-name-missing = Choose a model. Until then nothing is sent.
model-unreachable = The language model cannot be reached at { $host }. Is its program running?
model-not-encrypted-well = The identity of { $host } could not be checked, so nothing was sent.
model-led-elsewhere = The address leads to a computer outside your network, and it is not encrypted. Nothing was sent.
model-redirects = { $host } wants the words to be sent to another address. That was not done.
model-key-refused = { $host } did not accept the key.
model-busy = { $host } is busy or has had enough requests for now. Try again later.
model-failed = { $host } answered with the error number { $status }.
model-too-late = The language model did not answer within { $seconds } seconds.
model-answer-unusable = The language model answered in a way that cannot be used.
model-stopped = Stopped.
model-broke-off = The language model broke off its answer.
model-keyring = The keyring of this computer cannot be used ({ $reason }), so a key cannot be kept or read. A model on this computer usually needs no key.
model-key-unsendable = The key holds characters that no key has. Copy it again.

## Settings

model-page-off = Off. Nothing is sent to any language model.
model-page-incomplete = On, but not ready.
model-page-here = On. What is sent goes to “{ $model }” on this computer, { $host }. It does not leave this computer.
model-page-elsewhere = On. What is sent goes to “{ $model }” at { $host }. Whoever runs it can read and keep it.
model-page-remote-assistant = The assistant runs on another computer. It uses the settings of that computer, not these.
model-page-what = What is sent: your sentence, only when I did not understand it, and the list of what I can do. A long error only when you press the button to explain it. Not your earlier words, not your programs, not the name of this computer. Words that look like a password or a key are never sent.
model-page-open = Allow this address
model-page-open-help = What is sent to { $host } is not encrypted. Others in the same network could read it. Allow it only in a network that you trust.
model-models-found =
    { $count ->
        [0] The server has no models.
        [one] The server has one model.
       *[other] The server has { $count } models.
    }
model-try-good = It works. The model read “{ $example }” as: { $words }
model-try-bad = The model answered, but not in the way that is needed. Another model may do better.
model-try-example = what did I put on this machine
model-key-kept = A key for { $host } is kept in your keyring.
model-key-other = A key for { $other } is kept. It is never sent to { $host }.
model-key-none = No key is kept for { $host }.
model-key-address-first = Enter the address first: the key belongs to it.
store-language-model-key = The key of the language model, in the keyring of this computer. It is never exported.
data-key-kept = kept
keyring-place = keyring of this computer

## The words for each thing that a model may propose; a reading is checked like a line that says this

reading-search-packages = search for { $query }
reading-install-package = install { $package }
reading-remove-package = remove { $package }
reading-list-installed = list my installed programs
reading-package-info = what is { $package }
reading-package-version = which version of { $package } is there
reading-package-licence = are these programs free of charge
reading-package-licence-package = what is the licence of { $package }
reading-which-package-provides = which package provides { $command }
reading-suggest-package = suggest a program to { $purpose }
reading-how-to-start = how do I start { $package }
reading-list-generations = list the generations
reading-current-generation = which generation is current
reading-rollback = go back to the generation before
reading-rollback-generation = go back to generation { $generation }
reading-switch-generation = switch to generation { $generation }
reading-diff-generations = show what changed last
reading-create-dev-shell = make a development shell with { $tools }
reading-disk-usage = show how much disk space Nix uses
reading-garbage-collect = delete what is not needed
reading-garbage-collect-older-than = delete what is not needed and older than { $older-than }
reading-delete-generations = delete old generations
reading-delete-generations-older-than = delete generations older than { $older-than }
reading-help = show what you can do
reading-text-size = make the letters larger
reading-explain-concept = explain { $concept }
