"""The conversation: what was said, the plan cards, and how both are shown."""
