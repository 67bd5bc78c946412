"""The optional language model: what it is told, how its answer is read, and what it may never do."""
