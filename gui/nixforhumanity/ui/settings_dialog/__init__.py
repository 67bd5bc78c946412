"""The settings: one file a page, every change in force at once."""
