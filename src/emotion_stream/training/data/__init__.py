"""From corpora on disk to what an epoch reads, and who is trained on, validates and is tested."""
