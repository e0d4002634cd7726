"""What the tables say, without a measure: lookup, state on a day, timeline, codebook, editions."""
