"""Four pathways to security integration: their conditions and what would falsify each."""
