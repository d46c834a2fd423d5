"""Bytes or samples to clean 16 kHz mono windows: decode, clean, find speech, judge, cut.

The one entry, for serving and for training alike, is `emotion_stream.audio.listening`:
`hear(source)` for a clip, `listen(source)` for a recording of any length.
"""
