"""The notification that withdraws a request, whichever side asked."""

from nixforhumanity.protocol.messages import Wire


class CancelRequestNotification(Wire, frozen=True):
    """`$/cancel_request`, in both directions: the sender no longer wants the answer to its request."""

    request_id: int | str
