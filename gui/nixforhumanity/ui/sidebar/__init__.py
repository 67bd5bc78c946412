"""The places of the window and the past conversations."""
