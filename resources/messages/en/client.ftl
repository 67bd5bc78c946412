# The connection of the window to the assistant: why there is none, and what to do.

connection-lost = The connection to the assistant was lost. It is tried again by itself. What you typed is kept.
connection-failed = The connection to the assistant failed for an unknown reason. It is tried again by itself.
not-connected = There is no connection to the assistant now. Please try again in a moment.
server-not-reachable = The assistant at { $address } does not answer. It is tried again by itself.
server-not-proven = A program answers at { $address }, but it is not your assistant. Nothing was sent to it. It is tried again by itself.
server-answers-wrongly = The assistant at { $address } turned the connection down ({ $status }). It is tried again by itself.
server-refuses = The assistant at { $address } does not allow this connection. Check the address in the settings.
server-incompatible = The assistant at { $address } speaks another version of the protocol ({ $reason }). Update the older of the two.
no-running-server = No assistant runs on this computer at { $address }. Start it, or choose in the settings to start it together with this window. It is tried again by itself.

server-says = { $text }
server-failed = The assistant had a problem with this: { $reason }.
server-cannot-do-that = This assistant cannot do that. It may be an older version.
prompt-too-long = This text is too long. { $kilobytes } kB is the limit. Nothing was sent.

embedded-ended = The assistant has ended unexpectedly. It is started again.
embedded-keeps-ending = The assistant has ended unexpectedly { $count ->
    [one] once
   *[other] { $count } times
 } in a short time. It is not started again by itself. You can look at the details and try again.
embedded-not-started = The assistant could not be started: { $reason }. Installing this program again may help.

remote-url-missing = No address of the other computer is entered. Enter it in the settings.
remote-url-wrong = “{ $url }” is not an address of an assistant. It looks like wss://computer.example/acp.
remote-url-not-encrypted = “{ $url }” is not encrypted. Other people could read what you say. Use an address that begins with wss://.
remote-token-missing = No token for { $address } is kept. Enter it in the settings. “nix-for-humanity token” on the other computer shows it.
remote-token-refused = { $address } does not accept the token. Enter it again in the settings. “nix-for-humanity token” on the other computer shows it.
remote-certificate = { $address } cannot show that it is the right computer: { $reason }. Nothing was sent to it.

store-server-log = Technical notes of the assistant, to find faults. They do not hold what you said.
