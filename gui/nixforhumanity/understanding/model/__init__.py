"""The trained stage: from any words to how likely each request of the catalogue is."""
