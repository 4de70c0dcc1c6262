"""Official forms as dated data: packs, classifications by edition, sentence patterns, glossary; and their loaders."""
