"""Programs for developers of Emotion Stream; nothing here is in the wheel."""
