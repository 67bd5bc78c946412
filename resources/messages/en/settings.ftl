# Settings: labels, help, and what can be wrong with their file.

setting-general-language = Language
setting-general-language-help = The language of the window and of the answers.
setting-general-language-is-auto = The language of this computer
setting-general-language-is-en = English

setting-general-theme = Colours
setting-general-theme-help = High contrast uses strong borders and no grey text.
setting-general-theme-is-system = As the desktop has them
setting-general-theme-is-light = Light
setting-general-theme-is-dark = Dark
setting-general-theme-is-high-contrast = High contrast

setting-general-text-size = Text size
setting-general-text-size-help = How large all text in the window is.
setting-general-text-size-is-100 = 100 % (normal)
setting-general-text-size-is-125 = 125 %
setting-general-text-size-is-150 = 150 %
setting-general-text-size-is-175 = 175 %
setting-general-text-size-is-200 = 200 %

setting-general-level = Level
setting-general-level-help = How much detail you see. Nothing is taken away: every detail stays one click away.
setting-general-level-is-beginner = Beginner
setting-general-level-is-intermediate = Intermediate
setting-general-level-is-expert = Expert


setting-general-reduced-motion = Less movement
setting-general-reduced-motion-help = Nothing slides, fades or blinks.

setting-server-place = Where the assistant runs
setting-server-place-help = The assistant is the program that answers you and carries out what you allow.
setting-server-place-is-embedded = Start it together with this window
setting-server-place-is-running = Use one that already runs on this computer
setting-server-place-is-remote = Use one on another computer

setting-server-remote-url = Address of the other computer
setting-server-remote-url-wanted = Enter the address. Until then the window stays connected as it is.
setting-server-remote-url-help = It begins with wss://. The secret token is kept in your keyring, not in a file.

setting-ports-websocket = Port of the assistant
setting-ports-websocket-low = Ports below 1024 are reserved: only the administrator of this computer can use them.
setting-ports-websocket-help = The number at which window and assistant find each other. Change it when another program uses it.

setting-nix-profile = Nix profile
setting-nix-profile-help = The folder of the profile that is changed. Leave it empty to use your usual profile.

setting-language-model-on = Use a model
setting-language-model-on-help = When I do not understand you, a language model may say which of my abilities you could mean. You choose then. It never does anything by itself.
setting-language-model-address = Address
setting-language-model-address-help = Where the model is reached: Ollama http://localhost:11434, llama.cpp http://localhost:8080, or an https:// address. What is sent goes there.
setting-language-model-model = Model
setting-language-model-model-help = The name that the server has for the model.
setting-language-model-seconds = Longest wait, in seconds
setting-language-model-seconds-help = After this time the model is not waited for any longer.
setting-language-model-in-the-open = Server without encryption
setting-language-model-in-the-open-help = The one server in your network that may be used without encryption.
setting-language-model-key-for = Server of the kept key
setting-language-model-key-for-help = The key itself is in your keyring.

settings-damaged = The settings file could not be read. The usual settings are used now. Your old file is kept as { $path }.
settings-damaged-in-place = The settings file { $path } could not be read. The usual settings are used now, and changes are not kept.
settings-newer = The settings file { $path } was written by a newer version of this program. It was not touched. The usual settings are used now, and changes are not kept.
settings-unreadable = The settings file { $path } cannot be opened: { $reason }. The usual settings are used now, and changes are not kept.
settings-managed-by-nix = Your settings are part of your Nix configuration: { $path } points into the Nix store. Change them there. Nothing was changed.
settings-not-written = The settings file { $path } cannot be written: { $reason }. Nothing was changed.
setting-wrong-value = The setting “{ $key }” has the value “{ $value }”, which is not possible. “{ $default }” is used.
setting-wrong-section = “{ $section }” in the settings file is not a group of settings. The usual value of “{ $key }” is used.
setting-wrong-environment = The environment variable { $variable } has the value “{ $value }”, which is not possible. It is ignored.
setting-number-wrong = Enter a number from { $smallest } to { $largest }. Nothing was changed.
setting-not-allowed = “{ $value }” is not possible for the setting “{ $key }”. Nothing was changed.


keyring-not-looked = The keyring of this computer cannot be used: { $reason }. So it is not known whether a token is kept. You can unlock the keyring and open this page again.
keyring-unavailable = The keyring of this computer cannot be used: { $reason }. The token was not kept. You can unlock the keyring and try again, or enter the token each time.

setting-words-learn = Learn my words
setting-words-learn-help = When you say what you meant, your first words are remembered on this computer.
setting-words-learn-help-remote = When you say what you meant, your first words are remembered on the other computer, where the assistant runs.
