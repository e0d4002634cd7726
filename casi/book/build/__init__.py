"""Build the web book: from nothing, incrementally, or on every save."""
