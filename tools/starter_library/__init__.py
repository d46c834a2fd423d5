"""The composing wing: pieces of music as scores, rendered once into the starter library.

Nothing that serves imports it. It needs the dependency group `compose`, and `fluidsynth`.
"""
