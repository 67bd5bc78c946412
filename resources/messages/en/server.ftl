# What the server says: when it cannot start, when it refuses, when it ends a connection.

port-taken =
    Port { NUMBER($port, useGrouping: 0) } is already used by { $pid ->
        [0] another program
       *[other] the program { $holder } (process { NUMBER($pid, useGrouping: 0) })
    }. Close that program, or use another port. Port { NUMBER($free-port, useGrouping: 0) } is free.
port-not-permitted =
    This computer does not allow the use of port { NUMBER($port, useGrouping: 0) }. Use another port.
    Port { NUMBER($free-port, useGrouping: 0) } is free.
inherited-socket-unusable =
    The system handed over a connection point that cannot be used. Exactly one is needed: a listening stream socket. If there are several, name one of them “{ $name }”.
listener-not-local =
    Other computers could reach the assistant at the address { $address } without encryption. Use 127.0.0.1, or set up a certificate.
token-unusable =
    The access token in { $variable } cannot be used. It needs at least { $shortest } letters or digits, without spaces.

server-refuses-host-count = The request must have exactly one Host header.
server-refuses-host = This name is not allowed for this server.
server-refuses-origin = Requests from web pages are not allowed.
server-refuses-token = The access token is missing or wrong.
server-refuses-user = Only programs of the same user may connect.
server-refuses-path = There is nothing here.
server-refuses-nonce = The nonce is missing or wrong.
server-refuses-count = Too many programs are connected. Close one of them and try again.

server-closes-flood = Too many requests in a short time.
server-closes-slow-reader = Messages were not read in time.
server-closes-stopping = The assistant is shutting down.

server-too-many-requests = Too many requests in a short time. Wait a moment and try again.
server-internal-error = Something went wrong in the assistant. This is a mistake in the program. The error has the number { $error-id }; the log says more about it.
