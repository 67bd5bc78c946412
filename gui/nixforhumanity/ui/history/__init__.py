"""The History place: what was changed, and how to go back."""
