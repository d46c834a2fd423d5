"""What becomes of recall in noise, through channels and in rooms.

`condition` names what can be asked for, `sources` has the noises, voices, music and rooms,
`channels` and `shoebox` change sound, `disturbed` puts an utterance under a condition and
`asking` asks models about it.
"""
