"""Turn outputs of notebooks into the pages of the web book."""
