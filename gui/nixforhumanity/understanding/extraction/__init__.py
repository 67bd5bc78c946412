"""From a request and the words of a line to its slots, with canonical values."""

from nixforhumanity.understanding.extraction.extract import Extraction, extract

__all__ = ["Extraction", "extract"]
