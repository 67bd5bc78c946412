"""A conversation: requests become answers and plans, plans become journal entries."""
