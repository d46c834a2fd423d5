"""The person's own music folder: scanned in the background, its mood estimated, streamed as is."""
