"""`python -m emotion_stream.cli` is the `emotion-stream` program."""

from emotion_stream.cli import main

main()
